// The whole of a state as data: its tables, without knowledge of what they mean.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace azid::snapshot {

struct Bytes {
    std::string bytes;
    bool operator==(const Bytes&) const = default;
};

// monostate: NULL.
using Value = std::variant<std::monostate, std::int64_t, std::string, Bytes>;
using Row = std::vector<Value>;

enum class Type { integer, text, bytes };

struct Column {
    std::string name;
    Type type = Type::text;
    bool required = false;  // never NULL
    int key = 0;            // its place in the primary key, from 1; 0 outside of it
};

struct Table {
    std::string name;
    std::vector<Column> columns;
    std::vector<Row> rows;  // in the order in which they were made
};

struct Contents {
    int version = 0;  // of the file
    std::vector<Table> tables;
};

}  // namespace azid::snapshot
