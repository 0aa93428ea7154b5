"""Tokens that are not to be taken, and clients that prove nothing, tried over the wire at every service.

    strangers.py AZID        exit status 77 where Python lacks jwt or cryptography
"""
import base64
import copy
import datetime
import hashlib
import itertools
import json
import sqlite3
import sys
import time
import uuid

try:
    import jwt
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import padding, rsa
except ImportError as missing:
    print("skipped:", missing)
    sys.exit(77)

from served import Server, State, check, form, run

state, other = State(sys.argv[1]), State(sys.argv[1])
azid = state.azid


def make_world(azid):
    azid("group", "create", "-n", "rg", "-l", "westeurope")
    azid("identity", "create", "-g", "rg", "-n", "own")
    azid("identity", "create", "-g", "rg", "-n", "foreign")
    azid("vm", "create", "-g", "rg", "-n", "web", "--image", "Ubuntu2204", "--generate-ssh-keys", "--assign-identity",
         "[system]", "own")
    azid("keyvault", "create", "-g", "rg", "-n", "kv-strangers")
    azid("storage", "account", "create", "-g", "rg", "-n", "strangers")
    principal = azid("vm", "show", "-g", "rg", "-n", "web")["identity"]["principalId"]
    scope = "/subscriptions/" + azid("account", "show")["id"]
    for role in ("Owner", "Key Vault Secrets Officer", "Storage Blob Data Contributor"):
        azid("role", "assignment", "create", "--assignee-object-id", principal, "--assignee-principal-type",
             "ServicePrincipal", "--role", role, "--scope", scope)
    azid("rest", "--method", "POST", "--url",
         "https://graph.microsoft.com/v1.0/roleManagement/directory/roleAssignments", "--body",
         json.dumps({"principalId": principal, "directoryScopeId": "/",
                     "roleDefinitionId": "88d8e3e3-8f55-4a1e-953a-9b9898b8876b"}))


make_world(azid)
account = azid("account", "show")
tenant, subscription = account["tenantId"], account["id"]

# Each service: an address that the VM may ask, the audience, and the challenge that a refusal comes with.
SERVICES = {
    "ARM": (f"https://management.azure.com/subscriptions/{subscription}/resourcegroups/rg?api-version=2021-04-01",
            "https://management.azure.com/", f'Bearer authorization_uri="https://login.windows.net/{tenant}"'),
    "Graph": ("https://graph.microsoft.com/v1.0/servicePrincipals?$top=1", "https://graph.microsoft.com",
              'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize"'),
    "Key Vault": ("https://kv-strangers.vault.azure.net/secrets?api-version=7.4", "https://vault.azure.net",
                  f'Bearer authorization="https://login.microsoftonline.com/{tenant}", '
                  'resource="https://vault.azure.net"'),
    "Blob": ("https://strangers.blob.core.windows.net/?comp=list", "https://storage.azure.com/",
             f"Bearer authorization_uri=https://login.microsoftonline.com/{tenant}/oauth2/authorize "
             "resource_id=https://storage.azure.com"),
}
VERSION = ("x-ms-version", "2021-08-06")  # as blob clients send it


def vm_token(resource, of=azid):
    return of("token", "get", "-g", "rg", "-n", "web", "--resource", resource)["access_token"]


def part(value):
    text = value if isinstance(value, (bytes, str)) else json.dumps(value)
    data = text.encode() if isinstance(text, str) else text
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def pem(key):
    return key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def sign(key, header, claims):
    """Signed with RS256 whatever the header says; the claims may be text, so that they can be malformed."""
    text = f"{part(header)}.{part(claims)}"
    return f"{text}.{part(key.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256()))}"


def signing_key():
    """The tenant's own key, out of the file: what is signed with it is wrong in its claims alone."""
    with sqlite3.connect(state.path) as database:
        kid, text = database.execute("SELECT kid, private_key FROM token_signing_keys").fetchone()
    return kid, serialization.load_pem_private_key(text.encode(), None)


stranger_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
good = {name: vm_token(audience) for name, (_, audience, _) in SERVICES.items()}
kid, tenant_key = signing_key()
now = int(time.time())


def flipped(token, at):
    """One bit of the decoded part is another."""
    parts = token.split(".")
    data = bytearray(base64.urlsafe_b64decode(parts[at] + "=="))
    data[len(data) // 2] ^= 1
    parts[at] = part(bytes(data))
    return ".".join(parts)


def jwk(key):
    return {**json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key())), "kid": kid, "use": "sig"}


def certificate(key, name="stranger", days=(-1, 30)):
    today = datetime.datetime.now(datetime.timezone.utc)
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    return (x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
            .serial_number(x509.random_serial_number()).not_valid_before(today + datetime.timedelta(days=days[0]))
            .not_valid_after(today + datetime.timedelta(days=days[1])).sign(key, hashes.SHA256()))


def der(one):
    return one.public_bytes(serialization.Encoding.DER)


def hs256(header, claims, secret):
    import hmac
    text = f"{part(header)}.{part(claims)}"
    return f"{text}.{part(hmac.new(secret, text.encode(), hashlib.sha256).digest())}"


def forged(token):
    """Every token that somebody without the tenant's key can make of a good one."""
    header, claims = jwt.get_unverified_header(token), jwt.decode(token, options={"verify_signature": False})
    head, payload, signature = token.split(".")
    plain = {"typ": "JWT", "alg": "none"}
    x5c = [base64.b64encode(der(certificate(stranger_key))).decode()]
    keys = {"jwk": jwk(stranger_key), "jku": "https://issuer.example/keys", "x5u": "https://issuer.example/c",
            "x5c": x5c, "x5t": part(hashlib.sha1(der(certificate(stranger_key))).digest())}
    yield "none at all", f"{part(plain)}.{payload}."
    for spelling in ("none", "None", "NONE", "nOnE", ""):
        yield f"alg {spelling!r} with the signature", f"{part({**header, 'alg': spelling})}.{payload}.{signature}"
    yield "no alg", f"{part({'typ': 'JWT', 'kid': kid})}.{payload}.{signature}"
    for alg in (None, 1, ["RS256"], {"RS256": 1}):
        yield f"alg {alg!r}", sign(stranger_key, {**header, "alg": alg}, claims)
    for secret in (pem(tenant_key), pem(tenant_key).strip(), tenant_key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo), b"", kid.encode()):
        yield "HS256 with what is public", hs256({**header, "alg": "HS256"}, claims, secret)
    yield "another key", sign(stranger_key, header, claims)
    for name, value in keys.items():
        yield f"another key in {name}", sign(stranger_key, {**header, name: value}, claims)
        yield f"another key in {name} alone", sign(stranger_key, {"typ": "JWT", "alg": "RS256", name: value}, claims)
    for other_kid in ("", "../../../dev/null", "' OR 1=1 --", "x' UNION SELECT 'a", kid.lower(), kid + "=", kid + "\0",
                      "%", "_" * len(kid), "a" * 10000, 1, None, True, [kid], {"kid": kid}):
        yield f"kid {str(other_kid)[:30]!r}", sign(stranger_key, {**header, "kid": other_kid}, claims)
    yield "crit", f"{part({**header, 'crit': ['exp']})}.{payload}.{signature}"
    for at, name in enumerate(("header", "claims", "signature")):
        yield f"a bit of the {name} turned", flipped(token, at)
    yield "claims of another subject", f"{head}.{part({**claims, 'oid': str(uuid.uuid4())})}.{signature}"
    yield "without signature", f"{head}.{payload}."
    yield "without the last dot", f"{head}.{payload}"
    yield "header alone", head
    yield "cut", token[:-1]
    yield "cut by half", token[: len(token) // 2]
    yield "signature twice", f"{token}.{signature}"
    yield "signature doubled", token + signature
    yield "padded", token + "="
    yield "with a space within", token.replace(".", ". ", 1)
    yield "in the other alphabet", f"{head}.{payload}.{signature.replace('_', '/').replace('-', '+')}+"
    for last in set("AQgw") - {signature[-1]}:  # bits beyond the last byte, and others
        yield "another last letter", token[:-1] + last
    following = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    yield "bits beyond the last byte", token[:-1] + following[following.index(token[-1]) + 1]
    yield "RS256 called PS256", f"{part({**header, 'alg': 'PS256'})}.{payload}.{signature}"
    yield "a token in a token", sign(stranger_key, {**header, "cty": "JWT"}, token)
    for url in ("https://issuer.example/keys", "file:///etc/passwd", "http://169.254.169.254/", "//issuer.example"):
        yield f"kid {url}", sign(stranger_key, {**header, "kid": url, "jku": url}, claims)
    yield "nothing but dots", ".."
    yield "five parts", f"{head}.{payload}.{signature}.{payload}.{signature}"
    yield "JSON", json.dumps(claims)
    yield "a list for claims", sign(stranger_key, header, [claims])
    yield "deep nesting", f"{part('[' * 20000)}.{payload}.{signature}"
    beyond = json.dumps({**claims, "exp": 0}).replace('"exp": 0', '"exp": 1e999')
    yield "numbers out of range", f"{head}.{part(beyond)}.{signature}"
    yield "the end of time", sign(stranger_key, header, {**claims, "exp": 2**63 - 1, "nbf": -2**63})
    yield "not UTF-8", f"{head}.{part(bytes([123, 34, 255, 34, 58, 49, 125]))}.{signature}"
    yield "long", "A" * 40000


def ill_signed(token):
    """Signed with the tenant's own key, and wrong in what is said."""
    claims = jwt.decode(token, options={"verify_signature": False})
    header = jwt.get_unverified_header(token)
    day, tid = 86400, str(uuid.uuid4())
    changes = {
        "expired": {"exp": now - 301, "nbf": now - day}, "expired long ago": {"exp": 0, "nbf": 0},
        "not yet valid": {"nbf": now + 3600, "exp": now + 7200},
        "exp as text": {"exp": str(now + day)}, "exp as a fraction": {"exp": now + day + 0.5}, "exp true": {"exp": True},
        "exp null": {"exp": None}, "exp a list": {"exp": [now + day]}, "exp below zero": {"exp": -1},
        "exp beyond all": {"exp": 2**64}, "exp at the end of time": {"exp": 2**63 - 1},
        "nbf as text": {"nbf": str(now)}, "nbf at the end of time": {"nbf": 2**63 - 1},
        "another audience": {"aud": "https://elsewhere.example"}, "aud null": {"aud": None},
        "aud a list": {"aud": [claims["aud"]]}, "aud an object": {"aud": {claims["aud"]: 1}},
        "aud in other case": {"aud": claims["aud"].upper()}, "aud with more": {"aud": claims["aud"] + "x"},
        "another tenant": {"tid": tid, "iss": f"https://sts.windows.net/{tid}/"},
        "another issuer": {"iss": f"https://sts.windows.net/{tid}/"}, "iss without slash": {"iss": claims["iss"][:-1]},
        "iss by http": {"iss": claims["iss"].replace("https", "http")}, "iss a list": {"iss": [claims["iss"]]},
        "tid null": {"tid": None}, "tid a list": {"tid": [tenant]}, "oid null": {"oid": None},
        "oid a list": {"oid": [claims["oid"]]}, "oid a number": {"oid": 1},
    }
    for name, change in changes.items():
        yield name, sign(tenant_key, header, {**claims, **change})
    for gone in ("exp", "aud", "iss", "tid", "oid"):
        yield f"no {gone}", sign(tenant_key, header, {key: claims[key] for key in claims if key != gone})
    text = json.dumps(claims)
    for name, value in (("aud", claims["aud"]), ("exp", now + day), ("oid", claims["oid"])):
        wrong = json.dumps({name: "x"})[1:-1]
        yield f"{name} twice", sign(tenant_key, header, f"{{{wrong}, {text[1:]}")
        yield f"{name} twice, the good one last", sign(tenant_key, header, f"{text[:-1]}, {json.dumps({name: value})[1:]}")
    yield "alg twice", sign(tenant_key, json.dumps(header)[:-1] + ', "alg": "RS256"}', claims)
    yield "another audience of the same key", good["Graph" if claims["aud"] != SERVICES["Graph"][1] else "ARM"]


def nobody():
    """Tokens and headers that name nobody at all."""
    for value in ("", "Bearer", "Bearer ", "Bearer null", "bearer undefined", "Basic YTpi", "Negotiate x", "x", "Bearer,"):
        yield f"Authorization {value!r}", (("Authorization", value),)
    yield "no Authorization", ()


def ask(service, token=None, headers=()):
    given = (("Authorization", f"Bearer {token}"),) if token is not None else ()
    return server.ask(SERVICES[service][0], headers=(VERSION, *given, *headers))


def the_machines_own_tokens_are_taken():
    for service, token in good.items():
        answer = ask(service, token)
        check(f"{service} takes a good token", answer.status == 200, answer)


def refuse(service, name, answer):
    challenge = SERVICES[service][2]
    check(f"{service}, {name}: 401", answer.status in (401, 403) and (answer.status == 401 or service == "Blob"), answer)
    if answer.status == 401:
        check(f"{service}, {name}: challenge", answer.challenge.startswith(challenge), answer.challenge)
    check(f"{service}, {name}: nothing given away", b"BEGIN" not in answer.body and b"principalId" not in answer.body)


def forged_tokens_are_refused():
    for service, token in good.items():
        for name, bad in forged(token):
            refuse(service, name, ask(service, bad))


def tokens_that_say_something_wrong_are_refused():
    for service, token in good.items():
        for name, bad in ill_signed(token):
            refuse(service, name, ask(service, bad))


def who_names_nobody_is_refused():
    for service in SERVICES:
        for name, headers in nobody():
            refuse(service, name, server.ask(SERVICES[service][0], headers=(VERSION, *headers)))


def two_tokens_are_none():
    for service, token in good.items():
        refuse(service, "two headers", ask(service, token, (("Authorization", f"Bearer {token}"),)))
        refuse(service, "in the query", server.ask(f"{SERVICES[service][0]}&access_token={token}", headers=(VERSION,)))


def another_states_tokens_are_refused():
    make_world(other.azid)
    for service, (_, audience, _) in SERVICES.items():
        refuse(service, "another state's token", ask(service, vm_token(audience, other.azid)))


def instant(days):
    """So many days from now, as $AZID_NOW takes it, and in seconds."""
    then = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=days)
    return then.strftime("%Y-%m-%dT%H:%M:%SZ"), int(then.timestamp())


def yesterdays_token_is_refused():
    with Server(state, AZID_NOW=instant(2)[0]) as later:
        for service, token in good.items():
            headers = (VERSION, ("Authorization", f"Bearer {token}"))
            refuse(service, "a token of the day before yesterday", later.ask(SERVICES[service][0], headers=headers))


# Clients that prove themselves to the token endpoint.

LOGIN = f"https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token"
own_key, own_certificate = None, None
BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


def sign_in(client, assertion, **more):
    fields = {"grant_type": "client_credentials", "client_id": client, "client_assertion_type": BEARER,
              "client_assertion": assertion, "scope": "https://management.azure.com/.default", **more}
    return server.ask(LOGIN, "POST", [("Content-Type", "application/x-www-form-urlencoded")], form(**fields))


def make_client():
    """A service principal with a certificate, and one whose certificate's time is over."""
    made = azid("ad", "sp", "create-for-rbac", "-n", "machine")
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    kept = certificate(key, "machine")
    with open(state.file("machine.pem"), "wb") as file:
        file.write(kept.public_bytes(serialization.Encoding.PEM))
    azid("ad", "sp", "credential", "reset", "--id", made["appId"], "--cert", "@" + state.file("machine.pem"), "--append")
    return made["appId"], key, kept


def assertion(client, key, kept, header=(), **claims):
    head = {"typ": "JWT", "alg": "RS256", "x5t": part(hashlib.sha1(der(kept)).digest()), **dict(header)}
    said = {"iss": client, "sub": client, "aud": LOGIN, "jti": str(uuid.uuid4()), "nbf": now, "exp": now + 600, **claims}
    return sign(key, head, {name: value for name, value in said.items() if value is not None})


def only_the_clients_own_assertion_opens():
    client, key, kept = make_client()
    weak_key = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    weak, early = certificate(weak_key, "weak"), certificate(key, "early", (1, 30))
    for name, one in (("weak", weak), ("early", early)):
        with open(state.file(f"{name}.pem"), "wb") as file:
            file.write(one.public_bytes(serialization.Encoding.PEM))
        azid("ad", "sp", "credential", "reset", "--id", client, "--cert", "@" + state.file(f"{name}.pem"), "--append")
    mine = assertion(client, key, kept)
    check("a good assertion opens", sign_in(client, mine).status == 200, sign_in(client, mine))
    check("and again: Entra keeps no list of them", sign_in(client, mine).status == 200)
    foreign = certificate(stranger_key)
    somebody = azid("ad", "sp", "create-for-rbac", "-n", "somebody")["appId"]
    identity = azid("identity", "show", "-g", "rg", "-n", "own")["clientId"]
    refused = {
        "another client's": (somebody, mine, 700021), "a managed identity's": (identity, mine, 700021),
        "in another's name": (somebody, assertion(somebody, key, kept), 700027),
        "in a managed identity's name": (identity, assertion(identity, key, kept), 700027),
        "by a foreign certificate": (client, assertion(client, stranger_key, foreign), 700027),
        "by a foreign key under the own thumbprint": (client, assertion(client, stranger_key, kept), 700027),
        "of another subject": (client, assertion(client, key, kept, sub=somebody), 700021),
        "of another issuer": (client, assertion(client, key, kept, iss=somebody), 700021),
        "expired": (client, assertion(client, key, kept, nbf=now - 900, exp=now - 301), 700024),
        "without an end": (client, assertion(client, key, kept, exp=None), 700024),
        "that ends as text": (client, assertion(client, key, kept, exp=str(now + 600)), 700024),
        "not yet valid": (client, assertion(client, key, kept, nbf=now + 900, exp=now + 1800), 700024),
        "for ARM": (client, assertion(client, key, kept, aud="https://management.azure.com/"), 700023),
        "for another tenant": (client, assertion(client, key, kept, aud=LOGIN.replace(tenant, str(uuid.uuid4()))), 700023),
        "for nobody": (client, assertion(client, key, kept, aud=None), 700023),
        "for a name that begins like ours": (
            client, assertion(client, key, kept, aud=LOGIN.replace(".com/", ".com.example/")), 700023),
        "without thumbprint": (client, assertion(client, key, kept, header={"x5t": ""}), 50027),
        "with the key itself": (client, assertion(client, stranger_key, kept, header={"jwk": jwk(stranger_key)}), 700027),
        "with a chain of its own": (client, assertion(client, stranger_key, kept, header={
            "x5c": [base64.b64encode(der(foreign)).decode()]}), 700027),
        "alg none": (client, f"{part({'alg': 'none'})}.{mine.split('.')[1]}.", 50027),
        "HS256": (client, hs256({"alg": "HS256", "x5t": part(hashlib.sha1(der(kept)).digest())},
                                jwt.decode(mine, options={"verify_signature": False}), pem(key)), 50027),
        "a bit turned": (client, flipped(mine, 2), 700027), "cut": (client, mine[:-1], 50027),
        "by a key that is too short": (client, assertion(client, weak_key, weak), 700027),
        "by a certificate of tomorrow": (client, assertion(client, key, early), 700027),
        "no JWT": (client, "x", 50027), "over-long": (client, "A" * 200000, 50027),
        "a VM's access token": (client, good["ARM"], 700211),
    }
    for name, (who, text, number) in refused.items():
        answer = sign_in(who, text)
        numbers = answer.json.get("error_codes")
        right = answer.status in (400, 401) and (numbers == [number] or name == "a VM's access token")
        check(f"an assertion {name}: AADSTS{number}", right and b"access_token" not in answer.body, answer.body[:300])


def a_certificates_end_is_the_clients():
    made = azid("ad", "sp", "create-for-rbac", "-n", "late")["appId"]
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    kept = certificate(key, "late", (-1, 30))
    with open(state.file("late.pem"), "wb") as file:
        file.write(kept.public_bytes(serialization.Encoding.PEM))
    azid("ad", "sp", "credential", "reset", "--id", made, "--cert", "@" + state.file("late.pem"), "--append")
    check("in its time", sign_in(made, assertion(made, key, kept)).status == 200)
    shown, moment = instant(31)
    with Server(state, AZID_NOW=shown) as future:
        late = assertion(made, key, kept, nbf=moment, exp=moment + 600)
        fields = form(grant_type="client_credentials", client_id=made, client_assertion_type=BEARER, client_assertion=late,
                      scope="https://management.azure.com/.default")
        answer = future.ask(LOGIN, "POST", [("Content-Type", "application/x-www-form-urlencoded")], fields)
        check("and after it", answer.status == 401 and answer.json["error_codes"] == [700027], answer.body[:200])


def a_repeated_parameter_is_refused():
    fields = form(grant_type="client_credentials", client_id=str(uuid.uuid4()), client_secret="x",
                  scope="https://management.azure.com/.default")
    answer = server.ask(LOGIN, "POST", [("Content-Type", "application/x-www-form-urlencoded")], fields + "&client_id=y")
    check("client_id twice", answer.status == 400 and answer.json["error_codes"] == [9000411], answer.body[:200])


# A VM's metadata endpoint.

TOKEN = "/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fmanagement.azure.com%2F"


def a_machine_gets_no_identity_but_its_own():
    foreign, own = (azid("identity", "show", "-g", "rg", "-n", name) for name in ("foreign", "own"))
    system = azid("vm", "show", "-g", "rg", "-n", "web")["identity"]["principalId"]
    mine = {system, own["principalId"]}
    names = {"client_id": "clientId", "object_id": "principalId", "msi_res_id": "id", "mi_res_id": "id"}

    def spellings(text):
        yield from (text, text.upper(), text.lower(), text + "%20", "%20" + text, text + "%00", text + "/", text + "%23",
                    "".join(f"%{ord(c):02X}" for c in text), f"{text},{text}", f"{{{text}}}", f'"{text}"', f"{text}%0d%0a")

    asked = 0
    for name, field in names.items():
        for parameter in (name, name.upper(), name.title(), name.replace("_", "%5F"), name + "%5B%5D", "%20" + name):
            for value in spellings(foreign[field]):
                refuse_foreign(f"{TOKEN}&{parameter}={value}", mine)
                asked += 1
    for (one, a), (two, b) in itertools.product(names.items(), repeat=2):
        refuse_foreign(f"{TOKEN}&{one}={own[a]}&{two}={foreign[b]}", mine)
        refuse_foreign(f"{TOKEN}&{one}={foreign[a]}&{two}={own[b]}", mine)
        refuse_foreign(f"{TOKEN}&{one}=&{two}={foreign[b]}", mine)
        asked += 3
    for text in (f"{TOKEN};client_id={foreign['clientId']}", f"{TOKEN}%26client_id={foreign['clientId']}",
                 f"{TOKEN}&client_id={own['clientId']}%26client_id={foreign['clientId']}",
                 f"{TOKEN}&client_id={own['clientId']}#&client_id={foreign['clientId']}",
                 f"http://169.254.169.254{TOKEN}&client_id={foreign['clientId']}",
                 f"/metadata/../metadata/identity/oauth2/token?{TOKEN.split('?')[1]}&client_id={foreign['clientId']}"):
        refuse_foreign(text, mine)
    for method in ("POST", "PUT", "HEAD"):
        refuse_foreign(TOKEN, mine, method=method, body=None if method == "HEAD" else f"client_id={foreign['clientId']}")
    check("much was asked", asked > 300, asked)
    answer = server.imds(f"{TOKEN}&client_id={own['clientId'].upper()}")
    check("the own one in upper case", answer.status == 200, answer)
    for header in (("X-Forwarded-For", "10.0.0.1"), ("x-forwarded-for", "")):
        check("a forwarded request", server.imds(TOKEN, (("Metadata", "true"), header)).status == 400)
    for headers in ((), (("Metadata", "false"),), (("Metadata", "true"), ("Metadata", "true")), (("Metadat", "true"),)):
        check(f"headers {headers}", server.imds(TOKEN, headers).status == 400)


def refuse_foreign(target, mine, **how):
    answer = server.imds(target, **how)
    if answer.status == 200 and answer.body:
        oid = jwt.decode(answer.json["access_token"], options={"verify_signature": False})["oid"]
        check(f"whose token: {target}", oid in mine, oid)
    else:
        check(f"refused: {target}", 400 <= answer.status < 500 or how.get("method") == "HEAD", answer)


with Server(state, "--imds", "web=127.0.0.1:0", "-g", "rg", "--no-throttle") as server:
    status = run([the_machines_own_tokens_are_taken, forged_tokens_are_refused,
                  tokens_that_say_something_wrong_are_refused, who_names_nobody_is_refused, two_tokens_are_none,
                  another_states_tokens_are_refused, yesterdays_token_is_refused, only_the_clients_own_assertion_opens,
                  a_certificates_end_is_the_clients, a_repeated_parameter_is_refused,
                  a_machine_gets_no_identity_but_its_own])
sys.exit(status)
