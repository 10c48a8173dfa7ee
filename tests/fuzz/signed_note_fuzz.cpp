#include "core/audit/checkpoint.h"
#include "core/audit/signature_row.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace inodeck;
    const std::string text = fuzz::textOf(data, size);
    if (const auto row = parseSignatureRow(text))
        fuzz::must(signatureRow(row->seq, row->signature) == text, "a signature's row has one spelling");
    const auto note = parseSignedNote(text);
    if (!note)
        return 0;
    fuzz::must(text.rfind(note->body, 0) == 0, "what is signed is what is there");
    (void)note->signedBy(std::string(32, 'k'));
    return 0;
}
