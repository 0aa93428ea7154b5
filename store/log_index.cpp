#include "store/log_index.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>

namespace azid::store {

namespace {

constexpr const char* attribute = "user.azid.index-of";
constexpr off_t length_of_none = 3;
// An index of one piece. A longer one, of a server that was busy, is cut off all the same.
constexpr off_t piece = 32768;

// SQLite's "WAL-mode file format", 2.1: two copies of what the index covers, and how far the readers are.
struct Covered {
    std::uint32_t version;
    std::uint32_t unused;
    std::uint32_t change;
    std::uint8_t is_written;
    std::uint8_t is_big_endian;
    std::uint16_t page_size;
    std::uint32_t last_frame;
    std::uint32_t pages;
    std::array<std::uint32_t, 2> frame_checksum;
    std::array<char, 8> salts;  // as in the log
    std::array<std::uint32_t, 2> checksum;
};
static_assert(sizeof(Covered) == 48);
constexpr std::size_t size_of_head = 136;

// The same document, 1: the log's header, and that of a frame, before its page.
constexpr off_t size_of_log_header = 32;
constexpr std::size_t salts_of_log = 16;
struct Frame {
    std::array<char, 8> page_and_size;
    std::array<char, 8> salts;
    std::array<unsigned char, 8> checksum;  // two numbers, most significant byte first
};
static_assert(sizeof(Frame) == 24);

// A file that is open as long as this lives. Never the state file or its index: to close those would give up
// the locks that the process has on them.
class Opened {
  public:
    explicit Opened(const char* path) : file_(::open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)) {}
    ~Opened() {
        if (file_ >= 0) ::close(file_);
    }
    Opened(const Opened&) = delete;
    Opened& operator=(const Opened&) = delete;

    // Whether there are so many bytes there.
    bool read(void* to, std::size_t size, off_t at) const {
        return ::pread(file_, to, size, at) == static_cast<ssize_t>(size);
    }

  private:
    int file_;
};

// A text that takes no memory of the heap: SQLite calls from where nothing may be thrown.
class Mark {
  public:
    template <class... Values>
    explicit Mark(fmt::format_string<Values...> format, Values&&... values)
        : size_(fmt::format_to_n(text_.data(), text_.size(), format, std::forward<Values>(values)...).size) {}
    Mark() = default;

    std::string_view view() const { return {text_.data(), std::min(size_, text_.size())}; }

  private:
    std::array<char, 200> text_{};
    std::size_t size_ = 0;
};

// The start of the machine, and which file it is; empty where one of them cannot be told.
Mark mark_of(int file) {
    constexpr unsigned wanted = STATX_INO | STATX_BTIME;
    struct statx found {};
    std::array<char, 36> boot{};
    if (::statx(file, "", AT_EMPTY_PATH, wanted, &found) != 0 || (found.stx_mask & wanted) != wanted ||
        !Opened("/proc/sys/kernel/random/boot_id").read(boot.data(), boot.size(), 0))
        return {};
    return Mark("{} {}:{}:{} {}.{:09}", std::string_view(boot.data(), boot.size()), found.stx_dev_major,
                found.stx_dev_minor, found.stx_ino, found.stx_btime.tv_sec, found.stx_btime.tv_nsec);
}

bool has_mark(int file, std::string_view mark) {
    std::array<char, 200> kept{};
    const ssize_t size = ::fgetxattr(file, attribute, kept.data(), kept.size());
    return size > 0 && std::string_view(kept.data(), static_cast<std::size_t>(size)) == mark;
}

// The log that lies beside the index: "state.db-wal" for "state.db-shm".
bool path_of_log(int index, std::array<char, 4200>& path) {
    std::array<char, 64> link{};
    fmt::format_to_n(link.data(), link.size() - 1, "/proc/self/fd/{}", index);
    const ssize_t size = ::readlink(link.data(), path.data(), path.size() - 1);
    constexpr std::string_view end = "-shm";
    if (size <= static_cast<ssize_t>(end.size()) || size == static_cast<ssize_t>(path.size() - 1))
        return false;
    char* const last = path.data() + size - end.size();
    if (std::string_view(last, end.size()) != end) return false;
    std::memcpy(last, "-wal", end.size());
    return true;
}

std::uint32_t number_in(const unsigned char* bytes) {
    return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 | std::uint32_t{bytes[2]} << 8 |
           std::uint32_t{bytes[3]};
}

bool ends_with(const Opened& log, const Covered& covered) {
    const std::size_t page = covered.page_size == 1 ? 65536 : covered.page_size;
    const off_t size = static_cast<off_t>(page + sizeof(Frame));
    std::array<char, 8> salts{};
    Frame last{};
    Frame next{};
    if (!log.read(salts.data(), salts.size(), salts_of_log) || salts != covered.salts) return false;
    const off_t at = size_of_log_header + (static_cast<off_t>(covered.last_frame) - 1) * size;
    if (!log.read(&last, sizeof last, at) || last.salts != covered.salts ||
        number_in(last.checksum.data()) != covered.frame_checksum[0] ||
        number_in(last.checksum.data() + 4) != covered.frame_checksum[1])
        return false;
    return !log.read(&next, sizeof next, at + size) || next.salts != covered.salts;
}

// SQLite itself looks whether the head's own checksum is right.
bool covers_the_log(int index) {
    struct {
        Covered first;
        Covered second;
        std::uint32_t moved;  // so many frames of the log have been copied into the file
    } head{};
    std::array<char, 4200> path{};
    if (::pread(index, &head, sizeof head, 0) != sizeof head) return false;
    if (std::memcmp(&head.first, &head.second, sizeof head.first) != 0) return false;
    if (head.first.is_written == 0 || head.first.last_frame == 0 || head.moved != 0) return false;
    return path_of_log(index, path) && ends_with(Opened(path.data()), head.first);
}

bool wipe_head(int index) {
    constexpr std::array<char, size_of_head> nothing{};
    return ::pwrite(index, nothing.data(), nothing.size(), 0) == static_cast<ssize_t>(nothing.size());
}

}  // namespace

int cut_off(int file, off_t length) noexcept {
    if (length != length_of_none) return ::ftruncate(file, length);
    struct stat found {};
    const bool is_of_one_piece = ::fstat(file, &found) == 0 && found.st_size == piece;
    const Mark mark = mark_of(file);
    const bool is_marked = !mark.view().empty() && has_mark(file, mark.view());
    if (is_of_one_piece && is_marked && covers_the_log(file)) return 0;
    if (is_of_one_piece ? !wipe_head(file) : ::ftruncate(file, length) != 0) return -1;
    // From here on what is in it was made since the machine started.
    if (!is_marked && !mark.view().empty())
        static_cast<void>(::fsetxattr(file, attribute, mark.view().data(), mark.view().size(), 0));
    return 0;
}

}  // namespace azid::store
