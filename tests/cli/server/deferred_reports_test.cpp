#include "cli/server/deferred_reports.hpp"

#include "core/events/ports.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using azid::events::Report;
using azid::server::DeferredReports;

namespace {

Report report_of(int number) {
    Report report;
    report.run.kind = "request";
    report.run.line = std::to_string(number);
    report.events.emplace_back();
    return report;
}

}  // namespace

TEST_CASE("few reports are their callers' to write; of many the rest is written in order by the end") {
    std::vector<std::string> written;
    std::vector<std::string> given_back;
    {
        DeferredReports reports([&](const std::vector<Report>& together) {
            for (const Report& report : together) written.push_back(report.run.line);
        });
        for (int i = 0; i < 200; ++i) {
            Report report = report_of(i);
            if (!reports.take(report)) given_back.push_back(report.run.line);
        }
    }
    CHECK(given_back.size() >= 20);
    CHECK(written.size() + given_back.size() == 200);
    CHECK(written.back() == "199");
    for (std::size_t i = 1; i < written.size(); ++i) CHECK(std::stoi(written[i - 1]) < std::stoi(written[i]));
}

TEST_CASE("an empty report is nothing to write") {
    DeferredReports reports([](const std::vector<Report>&) { FAIL("written"); });
    Report empty;
    CHECK(reports.take(empty));
}
