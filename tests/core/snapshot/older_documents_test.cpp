#include "core/snapshot/older_documents.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using azid::Json;
using azid::snapshot::tables_of_today;

TEST_CASE("the steps of a document from before version 6 come to the commands that they are of") {
    const Json tables = Json::parse(R"({
        "tenants": [{"id": "t"}],
        "events": [
            {"id": 1, "at": "2026-01-01T00:00:00Z", "system": "arm", "what": "old"},
            {"id": 2, "at": "2026-01-02T00:00:00Z", "system": "arm", "what": "first", "details": {"a": 1},
             "journal_id": 7, "actor_name": "somebody"},
            {"id": 3, "at": "2026-01-02T00:00:00Z", "system": "arm", "what": "second", "journal_id": 7}],
        "journal": [{"id": 7, "line": "azid x"}, {"id": 8, "line": "azid y"}]})");
    CHECK(tables_of_today(tables, 5) == Json::parse(R"({
        "tenants": [{"id": "t"}],
        "journal": [
            {"id": 0, "at": "2026-01-01T00:00:00Z", "kind": "", "line": "", "correlation": "", "status": "",
             "steps": [{"at": "2026-01-01T00:00:00Z", "system": "arm", "what": "old"}]},
            {"id": 7, "line": "azid x", "steps": [
                {"at": "2026-01-02T00:00:00Z", "system": "arm", "what": "first", "details": {"a": 1},
                 "actorName": "somebody"},
                {"at": "2026-01-02T00:00:00Z", "system": "arm", "what": "second"}]},
            {"id": 8, "line": "azid y"}]})"));
}

TEST_CASE("what is no list of steps is left to be refused, and a newer document as it is") {
    for (const char* const text : {R"({"events": [1]})", R"({"events": {}})", R"({"journal": []})", "{}"}) {
        CAPTURE(text);
        CHECK(tables_of_today(Json::parse(text), 5) == Json::parse(text));
    }
    const Json newer = Json::parse(R"({"events": [{"id": 1}]})");
    CHECK(tables_of_today(newer, 6) == newer);
    const Json strange = tables_of_today(Json::parse(R"({"events": [{"id": 1}], "journal": 5})"), 5);
    CHECK(strange == Json::parse(R"({"journal": 5})"));
}
