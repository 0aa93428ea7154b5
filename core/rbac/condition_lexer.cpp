#include "core/base/error.hpp"
#include "core/base/fault.hpp"
#include "core/base/text.hpp"
#include "core/rbac/condition_tree.hpp"

#include <fmt/format.h>

namespace azid::rbac::condition {

namespace {

struct SourceName {
    std::string_view name;
    Source source;
};
constexpr SourceName sources[] = {{"Principal", Source::principal},
                                  {"Resource", Source::resource},
                                  {"Request", Source::request},
                                  {"Environment", Source::environment}};

struct Mark {
    std::string_view text;
    Token::Kind kind;
};
constexpr Mark marks[] = {{"(", Token::Kind::open},         {")", Token::Kind::close},
                          {"{", Token::Kind::open_set},     {"}", Token::Kind::close_set},
                          {",", Token::Kind::comma},        {"&&", Token::Kind::conjunction},
                          {"||", Token::Kind::disjunction}, {"!", Token::Kind::negation}};
constexpr Mark words[] = {
    {"AND", Token::Kind::conjunction}, {"OR", Token::Kind::disjunction}, {"NOT", Token::Kind::negation}};

bool is_word_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.' || c == ':' || c == '+';
}

class Lexer {
  public:
    explicit Lexer(std::string_view text) : text_(text) {}

    Token next() {
        while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos)
            ++at_;
        Token token;
        token.position = at_ + 1;
        if (at_ == text_.size()) return token;
        for (const Mark& mark : marks) {
            if (!text_.substr(at_).starts_with(mark.text)) continue;
            at_ += mark.text.size();
            token.kind = mark.kind;
            return token;
        }
        if (text_[at_] == '@') return attribute(std::move(token));
        if (text_[at_] == '\'') return quoted(std::move(token));
        return word(std::move(token));
    }

  private:
    Token attribute(Token token) {
        const size_t open = text_.find('[', at_);
        const std::string_view name =
            trim(text_.substr(at_ + 1, open == std::string_view::npos ? open : open - at_ - 1));
        const SourceName* found = nullptr;
        for (const SourceName& source : sources)
            if (iequals(source.name, name)) found = &source;
        if (found == nullptr || open == std::string_view::npos)
            refuse(token.position,
                   "an attribute is written @Principal[...], @Resource[...], @Request[...] or "
                   "@Environment[...]");
        const size_t close = text_.find(']', open);
        if (close == std::string_view::npos) refuse(token.position, "the attribute's ']' is missing");
        token.kind = Token::Kind::attribute;
        token.source = found->source;
        token.text = trim(text_.substr(open + 1, close - open - 1));
        if (token.text.empty()) refuse(token.position, "the attribute has no name");
        at_ = close + 1;
        return token;
    }

    // A backslash takes the meaning off a quote; before anything else it stays for the Like operators to
    // read.
    Token quoted(Token token) {
        token.kind = Token::Kind::text;
        for (++at_; at_ < text_.size(); ++at_) {
            if (text_[at_] == '\'') {
                ++at_;
                return token;
            }
            if (text_[at_] == '\\' && at_ + 1 < text_.size()) {
                if (text_[at_ + 1] != '\'') token.text += '\\';
                ++at_;
            }
            token.text += text_[at_];
        }
        refuse(token.position, "the text's closing quote is missing");
    }

    Token word(Token token) {
        const size_t from = at_;
        while (at_ < text_.size() && is_word_character(text_[at_])) ++at_;
        if (at_ == from) refuse(token.position, fmt::format("'{}' has no meaning here", text_[at_]));
        token.kind = Token::Kind::word;
        token.text = text_.substr(from, at_ - from);
        for (const Mark& known : words)
            if (iequals(known.text, token.text)) token.kind = known.kind;
        return token;
    }

    std::string_view text_;
    size_t at_ = 0;
};

}  // namespace

void refuse(std::size_t position, std::string_view problem) {
    throw Error(fault::invalid_condition,
                fmt::format("The condition is not valid at character {}: {}.", position, problem));
}

std::vector<Token> tokens_of(std::string_view text) {
    Lexer lexer(text);
    std::vector<Token> tokens;
    do tokens.push_back(lexer.next());
    while (tokens.back().kind != Token::Kind::end);
    return tokens;
}

}  // namespace azid::rbac::condition
