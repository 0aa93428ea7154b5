#include "core/rbac/condition.hpp"

#include "core/base/error.hpp"

#include <doctest/doctest.h>

#include <string>

using azid::Error;
using azid::rbac::Attributes;
using azid::rbac::Condition;

namespace {

const std::string blob_read = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read";
const std::string container_name = "Microsoft.Storage/storageAccounts/blobServices/containers:name";

bool holds(std::string_view text, const Attributes& attributes = {}, std::string_view action = blob_read) {
    return Condition::parse(text).holds(action, attributes);
}

std::string refusal(std::string_view text) {
    try {
        Condition::parse(text);
    } catch (const Error& error) {
        return error.message();
    }
    return "accepted";
}

}  // namespace

TEST_CASE("a condition concerns only the actions that it names") {
    const std::string condition = "((!(ActionMatches{'" + blob_read + "'})) OR (@Resource[" + container_name +
                                  "] StringEquals 'public'))";
    Attributes attributes;
    attributes.resource.insert(
        {"microsoft.storage/storageAccounts/blobServices/containers:Name", {"public"}});
    CHECK(holds(condition, attributes));
    CHECK(holds(condition, {}, "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write"));
    CHECK_FALSE(holds(condition));
    attributes.resource.begin()->second = {"Public"};
    CHECK_FALSE(holds(condition, attributes));
}

TEST_CASE("a sub-operation is told apart from the rest of its action") {
    const std::string condition =
        "!(ActionMatches{'" + blob_read + "'} AND SubOperationMatches{'Blob.List'})";
    Attributes listing;
    listing.sub_operation = "blob.list";
    CHECK(holds(condition));
    CHECK_FALSE(holds(condition, listing));
}

TEST_CASE("the cross products compare as Azure's documents show them") {
    CHECK(holds("{'red', 'blue'} ForAnyOfAnyValues:StringEquals {'blue', 'green'}"));
    CHECK_FALSE(holds("{'red', 'blue'} ForAnyOfAnyValues:StringEquals {'orange', 'green'}"));
    CHECK(holds("{'red', 'blue'} ForAllOfAnyValues:StringEquals {'orange', 'red', 'blue'}"));
    CHECK_FALSE(holds("{'red', 'blue'} ForAllOfAnyValues:StringEquals {'red', 'green'}"));
    CHECK(holds("{10, 20} ForAnyOfAllValues:NumericLessThan {15, 18}"));
    CHECK_FALSE(holds("{10, 20} ForAllOfAllValues:NumericLessThan {5, 15, 18}"));
    CHECK(holds("{10, 20} ForAllOfAllValues:NumericLessThan {25, 30}"));
    CHECK_FALSE(holds("{10, 20} ForAllOfAllValues:NumericLessThan {15, 25, 30}"));
    CHECK(holds("'c' ForAnyOfAllValues:StringNotEquals {'a', 'b'}"));
    CHECK_FALSE(holds("'a' ForAnyOfAllValues:StringNotEquals {'a', 'b'}"));
}

TEST_CASE("AND binds closer than OR, NOT closer than both, and both spellings are known") {
    CHECK(holds("1 NumericEquals 1 OR 1 NumericEquals 2 AND 1 NumericEquals 2"));
    CHECK_FALSE(holds("(1 NumericEquals 1 || 1 NumericEquals 2) && 1 NumericEquals 2"));
    CHECK_FALSE(holds("NOT 1 NumericEquals 1 AND 1 NumericEquals 1"));
    CHECK(holds("true AND NOT false"));
    CHECK_FALSE(holds("true AND true BoolEquals false"));
    CHECK(holds("!1 numericequals 2 and not (1 NUMERICEQUALS 2)"));
}

TEST_CASE("operators on text") {
    CHECK(holds("'abcd' StringLike 'a*c?'"));
    CHECK_FALSE(holds("'abcd' StringLike 'A*C?'"));
    CHECK(holds("'abcd' StringLikeIgnoreCase 'A*C?'"));
    CHECK_FALSE(holds("'abcd' StringLike 'a*c'"));
    CHECK(holds("'abcd' StringNotLike 'a*c'"));
    CHECK(holds("'a*c' StringLike 'a\\*c'"));
    CHECK_FALSE(holds("'abc' StringLike 'a\\*c'"));
    CHECK(holds("'logs/today' StringStartsWith 'logs/'"));
    CHECK_FALSE(holds("'Logs/today' StringStartsWith 'logs/'"));
    CHECK(holds("'Logs/today' StringStartsWithIgnoreCase 'logs/'"));
    CHECK(holds("'Logs/today' StringNotStartsWith 'logs/'"));
    CHECK(holds("'A' StringEqualsIgnoreCase 'a'"));
    CHECK(holds("'A' StringNotEquals 'a'"));
    CHECK_FALSE(holds("'A' StringNotEqualsIgnoreCase 'a'"));
    CHECK(holds("'web-042' StringMatches '^web-[0-9]{3}$'"));
    CHECK_FALSE(holds("'web-42' StringMatches '^web-[0-9]{3}$'"));
    CHECK(holds("'WEB-042' StringMatchesIgnoreCase '^web-\\d+$'"));
    CHECK(holds("'it\\'s' StringMatches '^it.s$'"));
}

TEST_CASE("operators on dates, truth values and GUIDs") {
    Attributes attributes;
    attributes.environment.insert({"UtcNow", {"2025-01-02T03:04:05Z"}});
    attributes.environment.insert({"isPrivateLink", {"true"}});
    CHECK(holds("@Environment[UtcNow] DateTimeGreaterThan '2025-01-01T00:00:00.0Z'", attributes));
    CHECK_FALSE(holds("@Environment[UtcNow] DateTimeLessThanEquals '2025-01-01T00:00:00.0Z'", attributes));
    CHECK(holds("@Environment[isPrivateLink] BoolEquals true", attributes));
    CHECK_FALSE(holds("@Environment[isPrivateLink] BoolNotEquals TRUE", attributes));
    CHECK(holds("'8e3af657-a8ff-443c-a75c-2fe8c4bcb635' GuidEquals {8E3AF657a8ff443ca75c2fe8c4bcb635}"));
    CHECK_FALSE(
        holds("'8e3af657-a8ff-443c-a75c-2fe8c4bcb635' GuidNotEquals {8e3af657a8ff443ca75c2fe8c4bcb635}"));
}

TEST_CASE("a comparison with an absent attribute is false, equal or unequal") {
    CHECK_FALSE(holds("@Request[x] StringEquals 'a'"));
    CHECK_FALSE(holds("@Request[x] StringNotEquals 'a'"));
    CHECK_FALSE(holds("Exists @Request[x]"));
    CHECK(holds("NOT Exists @Request[x]"));
    Attributes attributes;
    attributes.request.insert({"x", {""}});
    CHECK(holds("Exists @Request[X]", attributes));
}

TEST_CASE("attributes of two sources are compared with each other") {
    Attributes attributes;
    attributes.principal.insert(
        {"Microsoft.Directory/CustomSecurityAttributes/Id:Engineering_Project", {"Baker", "Cascade"}});
    attributes.resource.insert(
        {"Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tags:Project", {"Cascade"}});
    const std::string condition =
        "@Principal[Microsoft.Directory/CustomSecurityAttributes/Id:Engineering_Project] "
        "ForAnyOfAnyValues:StringEquals "
        "@Resource[Microsoft.Storage/storageAccounts/blobServices/containers/blobs/"
        "tags:Project<$key_case_sensitive$>]";
    CHECK(holds(condition, attributes));
    attributes.resource.clear();
    attributes.resource.insert(
        {"Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tags:project", {"Cascade"}});
    CHECK_FALSE(holds(condition, attributes));
}

TEST_CASE("what is no condition is refused with the place and the reason") {
    CHECK(refusal("") == "The condition is not valid at character 1: it is empty.");
    CHECK(refusal("(1 NumericEquals 1") == "The condition is not valid at character 19: ')' was expected.");
    CHECK(refusal("1 NumericEquals 'one'") ==
          "The condition is not valid at character 17: NumericEquals compares with a number, and 'one' is "
          "none.");
    CHECK(refusal("@Resource[x] StringSame 'a'") ==
          "The condition is not valid at character 14: 'StringSame' is no operator of conditions.");
    CHECK(refusal("@Ressource[x] StringEquals 'a'").find("@Principal[...], @Resource[...]") !=
          std::string::npos);
    CHECK(refusal("@Resource[x] StringEquals 'a").find("closing quote") != std::string::npos);
    CHECK(refusal("@Resource[x] StringEquals abc").find("single quotes") != std::string::npos);
    CHECK(refusal("@Resource[x] ForSomeValues:StringEquals 'a'").find("ForSomeValues") != std::string::npos);
    CHECK(refusal("1 NumericEquals 1 1").find("AND, OR or the end") != std::string::npos);
    CHECK(refusal("@Resource[x] StringMatches '(a'").find("no regular expression") != std::string::npos);
    CHECK(refusal(std::string(9000, '(')).find("9000 characters long") != std::string::npos);
    CHECK(refusal(std::string(5000, '(')).find("nested too deeply") != std::string::npos);
    CHECK(refusal(std::string(5000, '!')).find("nested too deeply") != std::string::npos);
}

TEST_CASE("hostile patterns are answered at once") {
    const std::string text = "'" + std::string(3000, 'a') + "'";
    std::string stars;
    for (int i = 0; i < 300; ++i) stars += "*a";
    CHECK_FALSE(holds(text + " StringLike '" + stars + "b'"));
    CHECK_FALSE(holds(text + " StringMatches '^(a*)*(a|aa)+$b'"));
    CHECK(holds(text + " StringMatches '^(a?){50}a{50}'"));
    CHECK(refusal("'a' StringMatches '((a{1000}){1000}){1000}'").find("too long") != std::string::npos);
}
