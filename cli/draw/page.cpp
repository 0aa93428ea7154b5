#include "cli/draw/page.hpp"

#include "cli/draw/sequence_svg.hpp"
#include "cli/draw/text.hpp"

#include <fmt/format.h>

namespace azid::draw {

namespace {

constexpr std::string_view page_style = R"css(
*{box-sizing:border-box}body{margin:0;padding:24px 16px 48px;background:var(--paper);color:var(--ink);
font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",Arial,sans-serif}
h1{font-size:1.45rem;margin:0 16px .3em}.lead{color:var(--soft);margin:0 16px 1em;max-width:60rem;line-height:1.5}
h3{font-size:.95rem;margin:.9em 0 .3em}table{border-collapse:collapse;width:100%;font-size:.85rem}
th,td{text-align:left;vertical-align:top;padding:.25em .6em .25em 0;border-bottom:1px solid var(--rule)}
th{font-weight:500;color:var(--soft);white-space:nowrap}
td{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
code{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.9em}
.diagram{overflow-x:auto}@media (max-width:1000px){h1,.lead{margin-left:0;margin-right:0}}
)css";

}  // namespace

std::string page_html(std::string_view title, std::string_view style, std::string_view body) {
    return fmt::format(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
        "content=\"width=device-width,initial-scale=1\">\n<meta http-equiv=\"Content-Security-Policy\" "
        "content=\"default-src 'none'; style-src "
        "'unsafe-inline'\">\n<title>{0}</title>\n<style>{1}{2}{3}</style>\n"
        "</head>\n<body>\n<h1>{0}</h1>\n{4}</body>\n</html>\n",
        escaped(title), drawing_style, page_style, style, body);
}

}  // namespace azid::draw
