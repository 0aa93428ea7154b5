#include "cli/spec/packed.hpp"

#include <mutex>
#include <unordered_map>
#include <vector>

namespace azid::spec {

namespace {

Option unpacked(const PackedOption& kept, const char* texts) {
    Option option;
    for (std::size_t i = 0; i < kept.texts.size(); ++i) option.*option_texts[i] = Text(texts + kept.texts[i]);
    copy_all_but_texts(kept, option);
    return option;
}

}  // namespace

std::span<const Option> Options::list() const {
    static std::mutex mutex;
    static std::unordered_map<const PackedOption*, std::vector<Option>> lists;
    if (count_ == 0) return {};
    const std::scoped_lock lock(mutex);
    std::vector<Option>& list = lists[options_];
    if (list.empty()) {
        const char* const texts = reinterpret_cast<const char*>(options_ + count_);
        for (const PackedOption& kept : std::span(options_, count_)) list.push_back(unpacked(kept, texts));
    }
    return list;
}

}  // namespace azid::spec
