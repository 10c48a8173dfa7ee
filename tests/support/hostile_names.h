#pragma once

#include <string>
#include <vector>

namespace inodeck::test {

/// Fifty names that a container, a path or a project could have, and that must be shown literally everywhere.
inline std::vector<std::string> hostileNames() {
    using namespace std::string_literals;
    return {
        "<b>bold</b>"s,
        "<img src=x onerror=alert(1)>"s,
        "<img src='file:///etc/passwd'>"s,
        "<script>alert(1)</script>"s,
        "</code></td></table><h1>x"s,
        "</pre></div></body></html>"s,
        "<a href=\"http://evil.example/\">click</a>"s,
        "<!-- comment"s,
        "-->"s,
        "<![CDATA[x]]>"s,
        "<?xml version='1.0'?>"s,
        "<style>*{display:none}</style>"s,
        "&lt;b&gt;"s,
        "&amp;"s,
        "&#60;b&#62;"s,
        "\" onmouseover=\"alert(1)"s,
        "' onclick='alert(1)"s,
        "[link](http://evil.example/)"s,
        "![image](http://evil.example/x.png)"s,
        "[ref]: http://evil.example/"s,
        "<http://evil.example/>"s,
        "http://evil.example/"s,
        "www.evil.example"s,
        "mail@evil.example"s,
        "`code`"s,
        "``` fence"s,
        "`````````"s,
        "a`b``c"s,
        " leading and trailing "s,
        "   "s,
        "| cell | cell |"s,
        "a|b\\|c\\\\|d"s,
        "# heading"s,
        "- item"s,
        "1. item"s,
        "> quote"s,
        "**bold** _it_ ~~gone~~"s,
        "\\"s,
        "\\n is not a newline"s,
        "line one\nline two"s,
        "\r\n\r\nSet-Cookie: x"s,
        "tab\there"s,
        "\x1b[31mred\x1b[0m"s,
        "\x1b]8;;http://evil.example/\x07link\x1b]8;;\x07"s,
        "\xe2\x80\xaegnp.exe"s,
        "\xe2\x81\xa6isolate\xe2\x81\xa9"s,
        "zero\xe2\x80\x8bwidth\xef\xbb\xbf"s,
        "\xff\xfe not utf-8 \xc3"s,
        "nul\0byte"s,
        std::string(10000, 'x'),
    };
}

} // namespace inodeck::test
