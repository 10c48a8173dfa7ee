#include "core/audit/base64.h"

#include <gtest/gtest.h>
#include <random>

using namespace inodeck;

// RFC 4648, section 10.
TEST(Base64, Rfc4648Vectors) {
    const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                           {"f", "Zg=="},
                                                           {"fo", "Zm8="},
                                                           {"foo", "Zm9v"},
                                                           {"foob", "Zm9vYg=="},
                                                           {"fooba", "Zm9vYmE="},
                                                           {"foobar", "Zm9vYmFy"}};
    for (const auto& [bytes, text] : vectors) {
        EXPECT_EQ(base64(bytes), text);
        EXPECT_EQ(unbase64(text), std::string(bytes));
    }
    EXPECT_EQ(base64(std::string("\0\xff\xfe", 3)), "AP/+");
}

TEST(Base64, OneSpellingOnly) {
    for (const std::string text :
         {"Zg",       "Zg=",          "Zg===",  "Zh==", "Zm9=",     "Z===",       "====",  "=",
          "Zm9v\n",   "Zm9v\n\n\n\n", " Zm9",   "    ", "    Zm9v", "Zm9v    ",   "Zm\n9", "Zm-_",
          "Zg==Zg==", "Z=g=",         "\n\n==", "  ==", "Zm9v====", "\xc3\xa9==", "-AAA",  "AAAA-AAA"})
        EXPECT_EQ(unbase64(text), std::nullopt) << text;
    EXPECT_EQ(unbase64(std::string("Zg\0\0", 4)), std::nullopt);
}

TEST(Base64, WhateverDecodesIsWhatWasWritten) {
    std::mt19937 random(1); // NOLINT: the same each time
    const std::string alphabet = "AQZaz09+/== \n-";
    for (int i = 0; i < 20000; ++i) {
        std::string text(random() % 13, ' ');
        for (char& c : text)
            c = alphabet[random() % alphabet.size()];
        const auto bytes = unbase64(text);
        EXPECT_EQ(bytes ? base64(*bytes) : text, text);
        EXPECT_EQ(unbase64(base64(text)), text);
    }
}
