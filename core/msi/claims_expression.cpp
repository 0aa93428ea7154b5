#include "core/msi/claims_expression.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace azid::msi {

namespace {

class Reader {
  public:
    explicit Reader(std::string_view text) : rest_(text) {}

    bool at_end() {
        skip_blanks();
        return rest_.empty();
    }

    // Takes the word off the front, if it is there.
    bool take(std::string_view word) {
        skip_blanks();
        if (!rest_.starts_with(word)) return false;
        rest_.remove_prefix(word.size());
        return true;
    }

    // A text in single quotes. Empty optional when there is none, or an empty one.
    std::optional<std::string> quoted() {
        if (!take("'")) return std::nullopt;
        const size_t end = rest_.find('\'');
        if (end == std::string_view::npos || end == 0) return std::nullopt;
        std::string text(rest_.substr(0, end));
        rest_.remove_prefix(end + 1);
        return text;
    }

  private:
    void skip_blanks() {
        while (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
    }

    std::string_view rest_;
};

std::optional<ClaimsTerm> read_term(Reader& reader) {
    ClaimsTerm term;
    if (!reader.take("claims[")) return std::nullopt;
    const std::optional<std::string> claim = reader.quoted();
    if (!claim || !reader.take("]")) return std::nullopt;
    term.wildcards = reader.take("matches ");
    if (!term.wildcards && !reader.take("eq ")) return std::nullopt;
    const std::optional<std::string> text = reader.quoted();
    if (!text) return std::nullopt;
    term.claim = *claim;
    term.text = *text;
    return term;
}

// '*' stands for any characters, '?' for one.
bool fits(std::string_view pattern, std::string_view text) {
    size_t p = 0;
    size_t t = 0;
    size_t star = std::string_view::npos;
    size_t mark = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            mark = t;
        } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++mark;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

}  // namespace

std::optional<std::vector<ClaimsTerm>> parse_claims_expression(std::string_view text) {
    Reader reader(text);
    std::vector<ClaimsTerm> terms;
    do {
        std::optional<ClaimsTerm> term = read_term(reader);
        if (!term) return std::nullopt;
        terms.push_back(std::move(*term));
    } while (reader.take("and "));
    if (!reader.at_end()) return std::nullopt;
    return terms;
}

bool claims_match(const std::vector<ClaimsTerm>& terms, const Json& claims) {
    return std::all_of(terms.begin(), terms.end(), [&](const ClaimsTerm& term) {
        const auto found = claims.find(term.claim);
        if (found == claims.end() || !found->is_string()) return false;
        const std::string& text = found->get_ref<const std::string&>();
        return term.wildcards ? fits(term.text, text) : text == term.text;
    });
}

}  // namespace azid::msi
