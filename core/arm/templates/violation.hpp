// How Resource Manager refuses a template: what is wrong, and where it was read.
#pragma once

#include "core/arm/templates/reader.hpp"
#include "core/base/error.hpp"
#include "core/base/json.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace azid::arm::templates {

// A template and where it stood in what was read: its path ("properties.template") and everybody's positions.
struct Source {
    std::shared_ptr<const Json> document;
    std::shared_ptr<const Positions> positions;
    std::string path;

    // Where a part of the template was read ("parameters.name"); the beginning when that is not known.
    Position position(std::string_view part) const;
    // " at line 'L' and column 'C'".
    std::string at(std::string_view part) const;
};

// "Deployment template validation failed: '<what>.'." with the part's place in additionalInfo.
Error violation(const Source& source, std::string_view part, const std::string& what);

// Runs the work; what it finds wrong with an expression is told as a fault of the named thing: "The template
// variable 'x' is not valid: ...".
template <class Work>
auto blaming(const Source& source, std::string_view part, const std::string& thing, const Work& work) {
    try {
        return work();
    } catch (const Error& error) {
        if (!error.additional_info().empty() || error.fault().code != "InvalidTemplate") throw;
        throw violation(source, part,
                        thing + " is not valid: " + error.message() +
                            ". Please see https://aka.ms/arm-functions for usage details");
    }
}

}  // namespace azid::arm::templates
