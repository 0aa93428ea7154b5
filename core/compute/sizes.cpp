#include "core/compute/sizes.hpp"

#include "core/base/text.hpp"

namespace azid::compute {

namespace {

// Cores, memory in MB, data disks, temporary disk in MB, premium: the figures of Azure's size tables.
constexpr Size all[] = {
    {"Standard_B1ls", 1, 512, 2, 4096, true},
    {"Standard_B1s", 1, 1024, 2, 4096, true},
    {"Standard_B1ms", 1, 2048, 2, 4096, true},
    {"Standard_B2s", 2, 4096, 4, 8192, true},
    {"Standard_B2ms", 2, 8192, 4, 16384, true},
    {"Standard_B4ms", 4, 16384, 8, 32768, true},
    {"Standard_B8ms", 8, 32768, 16, 65536, true},
    {"Standard_B2ts_v2", 2, 1024, 4, 0, true},
    {"Standard_B2ls_v2", 2, 4096, 4, 0, true},
    {"Standard_B2s_v2", 2, 8192, 4, 0, true},
    {"Standard_B2as_v2", 2, 8192, 4, 0, true},
    {"Standard_B4s_v2", 4, 16384, 8, 0, true},
    {"Standard_A1_v2", 1, 2048, 2, 10240, false},
    {"Standard_A2_v2", 2, 4096, 4, 20480, false},
    {"Standard_A4_v2", 4, 8192, 8, 40960, false},
    {"Standard_D1_v2", 1, 3584, 4, 51200, false},
    {"Standard_D2_v2", 2, 7168, 8, 102400, false},
    {"Standard_D3_v2", 4, 14336, 16, 204800, false},
    {"Standard_DS1_v2", 1, 3584, 4, 7168, true},
    {"Standard_DS2_v2", 2, 7168, 8, 14336, true},
    {"Standard_DS3_v2", 4, 14336, 16, 28672, true},
    {"Standard_DS4_v2", 8, 28672, 32, 57344, true},
    {"Standard_DS11_v2", 2, 14336, 8, 28672, true},
    {"Standard_D2_v3", 2, 8192, 4, 51200, false},
    {"Standard_D4_v3", 4, 16384, 8, 102400, false},
    {"Standard_D2s_v3", 2, 8192, 4, 16384, true},
    {"Standard_D4s_v3", 4, 16384, 8, 32768, true},
    {"Standard_D8s_v3", 8, 32768, 16, 65536, true},
    {"Standard_D16s_v3", 16, 65536, 32, 131072, true},
    {"Standard_D2s_v4", 2, 8192, 4, 0, true},
    {"Standard_D4s_v4", 4, 16384, 8, 0, true},
    {"Standard_D2ds_v4", 2, 8192, 4, 76800, true},
    {"Standard_D2as_v4", 2, 8192, 4, 16384, true},
    {"Standard_D4as_v4", 4, 16384, 8, 32768, true},
    {"Standard_D2_v5", 2, 8192, 4, 0, false},
    {"Standard_D2s_v5", 2, 8192, 4, 0, true},
    {"Standard_D4s_v5", 4, 16384, 8, 0, true},
    {"Standard_D8s_v5", 8, 32768, 16, 0, true},
    {"Standard_D16s_v5", 16, 65536, 32, 0, true},
    {"Standard_D2ds_v5", 2, 8192, 4, 76800, true},
    {"Standard_D4ds_v5", 4, 16384, 8, 153600, true},
    {"Standard_D2as_v5", 2, 8192, 4, 0, true},
    {"Standard_D4as_v5", 4, 16384, 8, 0, true},
    {"Standard_D2ads_v5", 2, 8192, 4, 76800, true},
    {"Standard_D2ps_v5", 2, 8192, 4, 0, true},
    {"Standard_D2s_v6", 2, 8192, 8, 0, true},
    {"Standard_D4s_v6", 4, 16384, 12, 0, true},
    {"Standard_DC2s_v3", 2, 16384, 4, 0, true},
    {"Standard_DC2as_v5", 2, 8192, 4, 0, true},
    {"Standard_DC4as_v5", 4, 16384, 8, 0, true},
    {"Standard_E2_v3", 2, 16384, 4, 51200, false},
    {"Standard_E2s_v3", 2, 16384, 4, 32768, true},
    {"Standard_E4s_v3", 4, 32768, 8, 65536, true},
    {"Standard_E2s_v5", 2, 16384, 4, 0, true},
    {"Standard_E4s_v5", 4, 32768, 8, 0, true},
    {"Standard_E2ds_v5", 2, 16384, 4, 76800, true},
    {"Standard_E2as_v5", 2, 16384, 4, 0, true},
    {"Standard_F1", 1, 2048, 4, 16384, false},
    {"Standard_F2", 2, 4096, 8, 32768, false},
    {"Standard_F1s", 1, 2048, 4, 4096, true},
    {"Standard_F2s", 2, 4096, 8, 8192, true},
    {"Standard_F2s_v2", 2, 4096, 4, 16384, true},
    {"Standard_F4s_v2", 4, 8192, 8, 32768, true},
    {"Standard_F8s_v2", 8, 16384, 16, 65536, true},
    {"Standard_G1", 2, 28672, 8, 393216, false},
    {"Standard_GS1", 2, 28672, 8, 57344, true},
    {"Standard_L8s_v3", 8, 65536, 16, 81920, true},
    {"Standard_M8ms", 8, 224000, 8, 256000, true},
    {"Standard_NC6s_v3", 6, 114688, 12, 344064, true},
    {"Standard_NV6", 6, 57344, 24, 389120, false},
    {"Standard_NC4as_T4_v3", 4, 28672, 8, 180224, true},
};

}  // namespace

std::span<const Size> sizes() { return all; }

const Size* find_size(std::string_view name) {
    for (const Size& size : all)
        if (iequals(size.name, name)) return &size;
    return nullptr;
}

std::string size_names() {
    std::vector<std::string> names;
    for (const Size& size : all) names.emplace_back(size.name);
    return join(names, ",");
}

}  // namespace azid::compute
