// The members of a JSON object, in the order in which they were written.
#pragma once

#include <algorithm>
#include <concepts>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

namespace azid {

// What nlohmann's basic_json asks of its objects, as its ordered_map gives it; but the names can be moved, so
// that a growing object moves its members instead of copying all that is in them. The last two parameters are
// basic_json's, for other kinds of maps.
template <class Key, class Value, class = std::less<Key>, class = std::allocator<std::pair<const Key, Value>>>
class Members : public std::vector<std::pair<Key, Value>> {
    using List = std::vector<std::pair<Key, Value>>;

  public:
    using key_type = Key;
    using mapped_type = Value;
    using key_compare = std::equal_to<>;
    using iterator = typename List::iterator;
    using const_iterator = typename List::const_iterator;
    using size_type = typename List::size_type;
    using value_type = typename List::value_type;

    using List::erase;
    using List::List;

    template <class Name>
    iterator find(const Name& name) {
        return std::find_if(this->begin(), this->end(),
                            [&](const value_type& member) { return member.first == name; });
    }
    template <class Name>
    const_iterator find(const Name& name) const {
        return std::find_if(this->begin(), this->end(),
                            [&](const value_type& member) { return member.first == name; });
    }
    template <class Name>
    size_type count(const Name& name) const {
        return find(name) == this->end() ? 0 : 1;
    }

    // Leaves a member of that name as it is.
    template <class Name>
    std::pair<iterator, bool> emplace(Name&& name, Value value) {
        if (const iterator found = find(name); found != this->end()) return {found, false};
        this->emplace_back(std::forward<Name>(name), std::move(value));
        return {std::prev(this->end()), true};
    }
    std::pair<iterator, bool> insert(value_type member) {
        return emplace(std::move(member.first), std::move(member.second));
    }
    template <std::input_iterator From>
    void insert(From first, From last) {
        for (; first != last; ++first) insert(*first);
    }

    template <class Name>
    Value& operator[](Name&& name) {
        return emplace(std::forward<Name>(name), Value{}).first->second;
    }
    template <class Name>
    const Value& operator[](const Name& name) const {
        return at(name);
    }
    // Throws std::out_of_range where there is no such member.
    template <class Name>
    Value& at(const Name& name) {
        const iterator found = find(name);
        if (found == this->end()) throw std::out_of_range("no such member");
        return found->second;
    }
    template <class Name>
    const Value& at(const Name& name) const {
        const const_iterator found = find(name);
        if (found == this->end()) throw std::out_of_range("no such member");
        return found->second;
    }

    // How many members there were.
    template <std::convertible_to<std::string_view> Name>
    size_type erase(const Name& name) {
        const iterator found = find(name);
        if (found == this->end()) return 0;
        erase(found);
        return 1;
    }
};

}  // namespace azid
