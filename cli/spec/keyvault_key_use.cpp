// What keys are used for, and what az has for the keys of managed HSMs alone.
#include "cli/commands/argument_checks.hpp"
#include "cli/commands/keyvault_key.hpp"
#include "cli/spec/check.hpp"
#include "cli/spec/keyvault_options.hpp"
#include "cli/spec/nouns.hpp"

namespace azid::spec {

namespace {

constexpr std::string_view no_symmetric = "azid's vaults have RSA and elliptic curve keys, which take none.";

constexpr Option encrypt_options[] = {
    subscription,
    {.names = "--algorithm -a",
     .key = "algorithm",
     .help = "Algorithm to use",
     .required = true,
     .choices = "RSA-OAEP RSA-OAEP-256 RSA1_5 A128GCM A192GCM A256GCM A128CBC A192CBC A256CBC A128CBCPAD "
                "A192CBCPAD A256CBCPAD CKM_AES_KEY_WRAP CKM_AES_KEY_WRAP_PAD"},
    {.names = "--value",
     .key = "value",
     .help = "Text to encrypt, base64 or as --data-type says",
     .required = true},
    {.names = "--iv",
     .key = "iv",
     .help = "Initialization vector",
     .status = Status::refused,
     .why = no_symmetric},
    {.names = "--aad",
     .key = "aad",
     .help = "Additional authenticated data",
     .status = Status::refused,
     .why = no_symmetric},
    object_name,
    object_version,
    in_vault,
    in_hsm,
    object_id,
    {.names = "--data-type",
     .key = "data_type",
     .help = "How the plain text is written",
     .choices = "base64 plaintext",
     .fallback = "base64"},
};
constexpr Option decrypt_options[] = {
    subscription,
    {.names = "--algorithm -a",
     .key = "algorithm",
     .help = "Algorithm to use",
     .required = true,
     .choices = "RSA-OAEP RSA-OAEP-256 RSA1_5 A128GCM A192GCM A256GCM A128CBC A192CBC A256CBC A128CBCPAD "
                "A192CBCPAD A256CBCPAD CKM_AES_KEY_WRAP CKM_AES_KEY_WRAP_PAD"},
    {.names = "--value", .key = "value", .help = "Text to decrypt, base64", .required = true},
    {.names = "--iv",
     .key = "iv",
     .help = "Initialization vector",
     .status = Status::refused,
     .why = no_symmetric},
    {.names = "--tag",
     .key = "tag",
     .help = "Authentication tag",
     .status = Status::refused,
     .why = no_symmetric},
    {.names = "--aad",
     .key = "aad",
     .help = "Additional authenticated data",
     .status = Status::refused,
     .why = no_symmetric},
    object_name,
    object_version,
    {.names = "--data-type",
     .key = "data_type",
     .help = "How the plain text is written",
     .choices = "base64 plaintext",
     .fallback = "base64"},
    in_vault,
    in_hsm,
    object_id,
};
constexpr Option sign_options[] = {
    subscription,
    {.names = "--algorithm -a",
     .key = "algorithm",
     .help = "Algorithm to use",
     .required = true,
     .choices = "PS256 PS384 PS512 RS256 RS384 RS512 ES256 ES384 ES512 ES256K HS256 HS384 HS512"},
    {.names = "--digest", .key = "digest", .help = "Digest of the message, base64", .required = true},
    object_name,
    object_version,
    in_vault,
    in_hsm,
    object_id,
};
constexpr Option verify_options[] = {
    subscription,
    {.names = "--algorithm -a",
     .key = "algorithm",
     .help = "Algorithm to use",
     .required = true,
     .choices = "PS256 PS384 PS512 RS256 RS384 RS512 ES256 ES384 ES512 ES256K HS256 HS384 HS512"},
    {.names = "--digest", .key = "digest", .help = "Digest of the message, base64", .required = true},
    {.names = "--signature", .key = "signature", .help = "Signature to check, base64", .required = true},
    object_name,
    object_version,
    in_vault,
    in_hsm,
    object_id,
};
constexpr Option template_options[] = {
    subscription,
};

constexpr Example encrypt_examples[] = {{"A short text",
                                         "azid keyvault key encrypt --vault-name kv-one -n signing -a "
                                         "RSA-OAEP-256 --value hello --data-type plaintext"}};
constexpr Example decrypt_examples[] = {{"What encrypt gave as result",
                                         "azid keyvault key decrypt --vault-name kv-one -n signing -a "
                                         "RSA-OAEP-256 --value \"$result\" --data-type plaintext"}};
constexpr Example sign_examples[] = {{"A file",
                                      "azid keyvault key sign --vault-name kv-one -n signing -a RS256 "
                                      "--digest \"$(openssl dgst -sha256 -binary file | base64)\""}};
constexpr Example verify_examples[] = {{"A signature that sign gave",
                                        "azid keyvault key verify --vault-name kv-one -n signing -a RS256 "
                                        "--digest \"$digest\" --signature \"$signature\""}};
constexpr Example template_examples[] = {{"As a start", "azid keyvault key get-policy-template"}};

constexpr Command table[] = {
    {.name = "keyvault key encrypt",
     .summary = "Encrypt a short text with a key.",
     .options = packed<encrypt_options>,
     .run = commands::keyvault_key_encrypt,
     .examples = encrypt_examples,
     .stage = Stage::preview,
     .check = commands::check_key},
    {.name = "keyvault key decrypt",
     .summary = "Decrypt what was encrypted with a key.",
     .options = packed<decrypt_options>,
     .run = commands::keyvault_key_decrypt,
     .examples = decrypt_examples,
     .stage = Stage::preview,
     .check = commands::check_key},
    {.name = "keyvault key sign",
     .summary = "Sign a digest with a key.",
     .options = packed<sign_options>,
     .run = commands::keyvault_key_sign,
     .examples = sign_examples,
     .check = commands::check_key},
    {.name = "keyvault key verify",
     .summary = "Tell whether a signature over a digest is a key's.",
     .options = packed<verify_options>,
     .run = commands::keyvault_key_verify,
     .examples = verify_examples,
     .check = commands::check_key},
    {.name = "keyvault key get-policy-template",
     .summary = "Print the form of a release policy.",
     .options = packed<template_options>,
     .run = commands::keyvault_key_get_policy_template,
     .examples = template_examples,
     .stage = Stage::preview},
};
static_assert(fault_of(table).empty());

}  // namespace

Table keyvault_key_use_commands() { return packed_commands<table>(); }

}  // namespace azid::spec
