#include "tests/support/secrets.h"

#include <fstream>
#include <gtest/gtest.h>

namespace inodeck::test {

namespace fs = std::filesystem;

const std::vector<Secret>& secrets() {
    static const std::vector<Secret> all{
        {"hunter2-argv", "mysqldump --password hunter2-argv shop"},
        {"hunter3-argv", "deploy --db-password=hunter3-argv --force"},
        {"hunter4,with;more&of", "DB_PASSWORD=hunter4,with;more&of"},
        {"quoted secret words", "export API_TOKEN=\"quoted secret words\""},
        {"url-pass@word", "git clone https://bot:url-pass@word@git.example/shop.git failed"},
        {"dsnpw77", "cannot connect to postgresql://app:dsnpw77@db.internal:5432/shop?sslmode=require"},
        {"redispw88", "REDIS_URL=redis://:redispw88@cache:6379/0"},
        {"YWxhZGRpbjpvcGVuc2VzYW1l", "Authorization: Basic YWxhZGRpbjpvcGVuc2VzYW1l"},
        {"mF_9.B5f-4.1JqM", "curl -H 'Authorization: Bearer mF_9.B5f-4.1JqM' https://api"},
        {"MC4CAQAwBQYDK2VwBCIEIEpemkeybytes",
         "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIEpemkeybytes\n-----END PRIVATE KEY-----\n"},
        {"b3BlbnNzaC1rZXktdjEAAAAA",
         "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA"}, // its end is cut off
        {"MIICWwIBAAKBgQDencrypted",
         "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: "
         "AES-128-CBC,00\n\nMIICWwIBAAKBgQDencrypted\n-----END RSA PRIVATE KEY-----"},
        {"composeenv99", "services:\n  db:\n    environment:\n      MYSQL_ROOT_PASSWORD: composeenv99\n"},
        {"json \\\" secret", "{\"client_secret\": \"json \\\" secret\", \"x\": 1}"},
        {"Pwd4Odbc", "Server=db;Uid=sa;Pwd=Pwd4Odbc;Encrypt=yes"},
        {"accountkeyABC123==", "AccountName=shop;AccountKey=accountkeyABC123==;EndpointSuffix=core"},
        {"sasSignature%2Fx", "GET https://blob/c?sv=2022&sig=sasSignature%2Fx&se=2026 403"},
        {"ghp_16C7e42F292c6912E7710c838347Ae178B4a",
         "remote: ghp_16C7e42F292c6912E7710c838347Ae178B4a rejected"},
        {"wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY",
         "aws_secret_access_key = wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY"},
        {"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3jVmN",
         "got eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3jVmN"},
        {"rootpw-attached", "mysql -uroot -prootpw-attached -e 'select 1'"},
        {"curlpass5", "curl -u deploy:curlpass5 https://registry/v2/"},
        {"sshpass-pw6", "sshpass -p sshpass-pw6 ssh vm1"},
        {"s3ss10nc00kie", "Set-Cookie: sid=s3ss10nc00kie; HttpOnly"},
        {"xoxb-17653672481-19874698323", "slack said xoxb-17653672481-19874698323 invalid_auth"},
    };
    return all;
}

std::string bytesOf(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void expectNoSecretIn(const std::string& text) {
    for (const Secret& secret : secrets()) {
        const std::size_t at = text.find(secret.bytes);
        EXPECT_EQ(at, std::string::npos) << secret.bytes << ": " << text.substr(at < 60 ? 0 : at - 60, 120);
    }
}

void expectNoSecretBelow(const fs::path& folder, int atLeast, const std::string& except) {
    int files = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file() || entry.path().filename() == except)
            continue;
        ++files;
        SCOPED_TRACE(entry.path());
        expectNoSecretIn(bytesOf(entry.path()));
    }
    EXPECT_GE(files, atLeast);
}

} // namespace inodeck::test
