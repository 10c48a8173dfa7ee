#include "core/base/mask.h"

#include <gtest/gtest.h>

namespace inodeck {
namespace {

std::vector<std::string_view> linesOf(std::string_view text) {
    std::vector<std::string_view> lines;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

std::string masked(std::string_view text, const MaskOptions& options = {}) {
    std::string out;
    const auto lines = linesOf(text);
    const auto result = maskedLines(lines, options);
    EXPECT_EQ(result.size(), lines.size());
    for (const std::string& line : result)
        out += (out.empty() ? "" : "\n") + line;
    return out;
}

struct Case {
    const char* name;
    const char* text; ///< each secret in it holds the word "hunter"
};

class MaskTest : public testing::TestWithParam<Case> {};

TEST_P(MaskTest, noSecretIsLeftAndTheMaskIsSeen) {
    const std::string out = masked(GetParam().text);
    EXPECT_EQ(out.find("hunter"), std::string::npos) << out;
    EXPECT_NE(out.find(Mask), std::string::npos) << out;
}

const Case Cases[] = {
    {"yaml", "db:\n  password: hunter1\n  host: db1\n"},
    {"yamlQuoted", "api_key: 'it''s hunter2' # rotated\n"},
    {"yamlBlock", "tls:\n  client_key: |\n    hunter3\n    hunter4\n\n    hunter5\n  ca: public\n"},
    {"yamlFolded", "token: >-\n  hunter6\n  hunter7\nnext: 1\n"},
    {"yamlContinued", "password: hunter8\n  and hunter9\nuser: bob\n"},
    {"yamlList", "api_tokens:\n- hunter10\n- hunter11\nuser: bob\n"},
    {"yamlNested", "credentials:\n  primary: hunter12\n  deep:\n    more: hunter13\nuser: bob\n"},
    {"yamlFlow", "remote: {url: http://x, password: hunter14, user: bob}\n"},
    {"yamlPair", "env:\n  - name: DB_PASSWORD\n    value: hunter15\n"},
    {"yamlSecretManifest",
     "kind: Secret\nmetadata:\n  name: x\ndata:\n  foo: hunter16\nstringData:\n  bar: hunter17\n"},
    {"yamlQuotedOverLines", "password: \"hunter18\n  hunter19\"\nuser: bob\n"},
    {"composeEnvironment", "environment:\n  - REDIS_PASSWORD=hunter20\n  - MODE=prod\n"},
    {"composeCommand", "command: [\"redis-server\", \"--requirepass\", \"hunter21\"]\n"},
    {"composeCommandItems",
     "command:\n  - redis-server\n  - --requirepass\n  - hunter90\n  - \"--auth-token\"\n  - \"hunter91\"\n"},
    {"json", "{\n  \"password\": \"hunter22\",\n  \"host\": \"db\"\n}\n"},
    {"jsonOneLine", R"({"user":"bob","token":"hunter23 with \" quote","next":1,"secret":"hunter24"})"},
    {"jsonNested",
     "{\n \"credentials\": {\n\"id\": \"hunter25\",\n\"list\": [\"hunter26\"]\n},\n\"user\": \"bob\"\n}\n"},
    {"jsonNestedOneLine", R"({"auth":{"basic":"hunter27","n":["hunter28"]},"user":"bob"})"},
    {"jsonPair", R"({"name":"API_TOKEN","value":"hunter29"})"},
    {"jsonDockerConfig", R"({"auths":{"registry":{"auth":"hunter30"}}})"},
    {"env", "DB_PASSWORD=hunter31\nexport API_KEY=\"hunter32 x\"\nSECRET_KEY_BASE='hunter33'\n"},
    {"envJoined", "MYSQL_PWD=\"hunter34\"hunter35\nUSER=bob\n"},
    {"envContinued", "TOKEN=hunter36\\\nhunter37\nUSER=bob\n"},
    {"envCommented", "# OLD_PASSWORD=hunter38\n"},
    {"ini", "[client]\nuser = bob\npassword = hunter39 ; old: hunter40\n"},
    {"iniSection", "[secrets]\nfoo = hunter41\nbar: hunter42\n[other]\nuser = bob\n"},
    {"properties", "spring.datasource.password=hunter43\nssl.keystore.pass : hunter44\n"},
    {"toml", "[auth]\nadmin = \"hunter45\"\n[server]\nsecret = '''\nhunter46\n'''\nport = 1\n"},
    {"hcl", "prometheus.remote_write \"x\" {\n  basic_auth {\n    username = \"hunter47\"\n    password = "
            "\"hunter48\"\n  }\n}\n"},
    {"hclHeredoc", "private_key = <<-EOT\n  hunter49\n  hunter50\n  EOT\nuser = \"bob\"\n"},
    {"alloy", "bearer_token = env(\"x\") + \"hunter51\"\n"},
    {"caddyfile", "basic_auth /admin* {\n  bob hunter52\n}\n"},
    {"caddyHeader",
     "reverse_proxy x {\n  header_up Authorization \"Bearer hunter53\"\n  header_up X-Api-Key hunter54\n}\n"},
    {"caddyDns", "tls {\n  dns cloudflare hunter55\n}\n"},
    {"nginx", "proxy_set_header X-Auth-Token hunter56;\nset $api_key \"hunter57\";\n"},
    {"redis", "requirepass hunter58\nmasterauth hunter59\n"},
    {"netrc", "machine x login bob password hunter60\n"},
    {"sql", "CREATE USER bob IDENTIFIED BY 'hunter61';\nALTER ROLE x PASSWORD 'hunter62';\n"},
    {"urlUserInfo", "dsnless: postgres://bob:hunter63@db/x\nmirror=https://bob:hunt@er/hunter64@host/x\n"},
    {"urlQuery", "endpoint: https://x/hook?access_token=hunter65&n=1\n"},
    {"httpHeaders", "curl -H \"X-Api-Key: hunter66\" -H 'Authorization: Bearer hunter67abc'\n"},
    {"options", "ExecStart=/bin/x --password hunter68 --api-token=hunter69\n"},
    {"pem",
     "-----BEGIN RSA PRIVATE KEY-----\nMIIhunter70\nhunter71==\n-----END RSA PRIVATE KEY-----\nuser bob\n"},
    {"pemCutOff", "x\n-----BEGIN OPENSSH PRIVATE KEY-----\nhunter72\nhunter73"},
    {"pemInJson", R"({"pem":"-----BEGIN PRIVATE KEY-----\nhunter74\n-----END PRIVATE KEY-----\n"})"},
    {"xml", "<password>hunter75</password>\n<add key=\"ApiKey\" value=\"hunter76\"/>\n"},
    {"hashes", "bob:$apr1$abc$hunter77\nadmin $2y$10$hunter78\n"},
    {"windowsLines", "password=hunter79\r\nuser=bob\r\n"},
    {"php", "$db_password = 'hunter80';\ndefine('AUTH_KEY', 'x');\n'secret' => 'hunter81',\n"},
    {"camelCase", "clientSecret: hunter82\nsigningKey: hunter83\nxAuthToken: hunter84\n"},
    {"tokensWithoutNames", "plain Abhunter85cdEFGHIJ0123456789klMNopQR\n"},
};

INSTANTIATE_TEST_SUITE_P(Formats, MaskTest, testing::ValuesIn(Cases),
                         [](const auto& one) { return std::string(one.param.name); });

TEST(MaskedLines, whatIsNoSecretStays) {
    const char* plain =
        "global:\n  scrape_interval: 15s\n  external_labels: {region: eu}\n# why: see the wiki\n"
        "listen 443 ssl;\nhttp://example.net/path?x=1\nauthor: bob\npassive: true\n"
        "keyboard_layout: us\nimage: "
        "x@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\n";
    EXPECT_EQ(masked(plain), plain);
}

TEST(MaskedLines, theLinesAroundASecretStay) {
    EXPECT_EQ(masked("a: 1\npassword: x\nb: 2\n"), "a: 1\npassword: ***\nb: 2\n");
    EXPECT_EQ(masked("{\"token\": \"x\", \"port\": 80}"), "{\"token\": ***, \"port\": 80}");
    EXPECT_EQ(masked("[secrets]\na = x\n[web]\nport = 80\n"), "[secrets]\na = ***\n[web]\nport = 80\n");
    EXPECT_EQ(masked("tls:\n  key: |\n    x\n  port: 80\n"), "tls:\n  key: |\n    ***\n  port: 80\n");
}

TEST(MaskedLines, ofASecretFileOnlyNamesAreLeft) {
    EXPECT_EQ(masked("MODE=prod\n\n# a note\nplain\nabcd==\nQ=\n", {true, {}}),
              "MODE=***\n\n***\n***\n***\n***\n");
}

TEST(MaskedLines, longLinesAndHostileBytesEnd) {
    const std::string noise(1 << 20, 'x');
    EXPECT_EQ(masked(noise + " password=hunter").find("hunter"), std::string::npos);
    EXPECT_EQ(masked("password: " + noise + "hunter"), "password: ***");
    std::string all;
    for (int i = 0; i < 4096; ++i)
        all += static_cast<char>(i * 7 % 256);
    masked(all);
    masked(std::string(100'000, '{') + std::string(100'000, '"'));
    masked("secret: " + std::string(100'000, '['));
}

TEST(MaskedLines, canBeStopped) {
    EXPECT_TRUE(maskedLines({"a", "b"}, {false, [] { return true; }}).empty());
}

TEST(SecretNames, ofKeysAndFiles) {
    for (const char* name :
         {"password", "DB_PASSWD", "apiKey", "X-Auth-Token", "tls.key", "pgpass", "AWS_SECRET_ACCESS_KEY",
          "clientCredentials", "Authorization", "cookie", "ssh_keys", "dsn"})
        EXPECT_TRUE(namesASecret(name)) << name;
    for (const char* name : {"host", "author", "passive", "keyboard", "tokenless2"})
        EXPECT_EQ(namesASecret(name), std::string_view(name) == "tokenless2") << name;
    for (const char* path :
         {"/srv/app/.env", "/srv/prod.env", "/srv/.env.local", "/etc/tls/site.key", "/x/site.PEM",
          "/run/secrets/db", "/root/.ssh/id_ed25519", "/x/app-secrets.yaml"})
        EXPECT_TRUE(isSecretFile(path)) << path;
    for (const char* path :
         {"/etc/prometheus/prometheus.yml", "/etc/caddy/Caddyfile", "/srv/environment", "/x/monkey"})
        EXPECT_FALSE(isSecretFile(path)) << path;
}

} // namespace
} // namespace inodeck
