"""Keys of an outside issuer, fetched from it: a small https issuer on loopback, and what must not be fetched.

    federation.py AZID        exit status 77 where Python lacks jwt or cryptography
"""
import datetime
import http.server
import ipaddress
import json
import os
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.request
import uuid

try:
    import jwt
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
except ImportError as missing:
    print("skipped:", missing)
    sys.exit(77)

from served import Server, State, check, form, run

AUDIENCE = "api://AzureADTokenExchange"
BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


class Issuer:
    """An https server that publishes what it is told to, and counts what it is asked."""

    def __init__(self, folder, address="127.0.0.1", port=0, name=None):
        self.pages, self.asked = {}, []
        self.key = new_key()
        issuer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                issuer.asked.append(self.path)
                status, headers, body = issuer.pages.get(self.path, (404, {}, b""))
                if callable(body):
                    return body(self)
                self.send_response(status)
                for name, value in {**headers, "Content-Length": len(body)}.items():
                    self.send_header(name, str(value))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer((address, port), Handler)
        self.trust = os.path.join(folder, f"issuer-{uuid.uuid4()}.pem")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(own_certificate(self.trust, address, name or "localhost"))
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.url = f"https://{name or address}:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def publish(self, *keys, path="", issuer=None, uri=None):
        document = {"issuer": issuer or self.url + path, "jwks_uri": uri or f"{self.url}{path}/keys"}
        self.page(path + "/.well-known/openid-configuration", document)
        self.page(path + "/keys", {"keys": [web_key(key, kid) for kid, key in keys or (("one", self.key),)]})

    def page(self, path, content, status=200, **headers):
        self.pages[path] = (status, headers, content if isinstance(content, bytes) else json.dumps(content).encode())

    def token(self, path="", key=None, kid="one", **claims):
        now = int(time.time())
        said = {"iss": self.url + path, "sub": "job", "aud": AUDIENCE, "iat": now, "exp": now + 600, **claims}
        return jwt.encode(said, key or self.key, algorithm="RS256", headers={"kid": kid})


def new_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def web_key(key, kid):
    return {**json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key())), "kid": kid, "use": "sig"}


def own_certificate(path, address, host):
    key, today = new_key(), datetime.datetime.now(datetime.timezone.utc)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "issuer")])
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address)), x509.DNSName(host)])
    made = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
            .serial_number(x509.random_serial_number()).not_valid_before(today - datetime.timedelta(days=1))
            .not_valid_after(today + datetime.timedelta(days=1)).add_extension(names, False).sign(key, hashes.SHA256()))
    with open(path, "wb") as file:
        file.write(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                                     serialization.NoEncryption()))
        file.write(made.public_bytes(serialization.Encoding.PEM))
    return path


def make_identity(issuer):
    """The client id of an identity that trusts the issuer."""
    name = "i" + uuid.uuid4().hex[:12]
    made = state.azid("identity", "create", "-g", "rg", "-n", name)
    state.azid("identity", "federated-credential", "create", "-g", "rg", "--identity-name", name, "-n", "outside",
               "--issuer", issuer, "--subject", "job", "--audiences", AUDIENCE)
    return made["clientId"]


def sign_in(server, client, token):
    """The number of the refusal, or 0; and its words."""
    fields = form(grant_type="client_credentials", client_id=client, client_assertion_type=BEARER,
                  client_assertion=token, scope="https://management.azure.com/.default")
    answer = server.ask(f"https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token", "POST",
                        [("Content-Type", "application/x-www-form-urlencoded")], fields)
    return (0, "") if answer.status == 200 else (answer.json["error_codes"][0], answer.json["error_description"])


def nothing_is_fetched_unless_that_is_wanted():
    issuer.publish()
    client = make_identity(issuer.url)
    number, words = sign_in(server, client, issuer.token())
    check("50166", number == 50166 and "federation.fetch=on" in words, words)
    check("nothing was asked", issuer.asked == [], issuer.asked)
    state.azid("settings", "set", "federation.fetch=on")


def a_token_opens_by_the_keys_that_its_issuer_publishes():
    client = make_identity(issuer.url)
    number, words = sign_in(server, client, issuer.token())
    check("it opens", number == 0, words)
    check("asked once each", issuer.asked == ["/.well-known/openid-configuration", "/keys"], issuer.asked)
    check("again, from memory", sign_in(server, client, issuer.token())[0] == 0 and len(issuer.asked) == 2, issuer.asked)
    number, words = sign_in(server, client, issuer.token(key=new_key()))
    check("another key does not", number == 50013, words)
    check("nor another subject", sign_in(server, client, issuer.token(sub="other"))[0] == 700213)
    check("nor an old token", sign_in(server, client, issuer.token(exp=1000))[0] == 700024)
    token = state.azid("login", "--service-principal", "-u", client, "--tenant", tenant, "--federated-token",
                       issuer.token(), "--allow-no-subscriptions", SSL_CERT_FILE=issuer.trust)
    check("azid login fetches as well", token is not None)
    state.azid("login")


def only_issuers_that_somebody_trusts_are_asked():
    client, before = make_identity("https://issuer.example"), len(issuer.asked)
    check("700211", sign_in(server, client, issuer.token())[0] == 700211)
    check("nothing was asked", len(issuer.asked) == before)


def trouble(path, why, **publish):
    """An issuer below the path, with something wrong: the refusal says what."""
    if publish:
        issuer.publish(path=path, **publish)
    number, words = sign_in(server, make_identity(issuer.url + path), issuer.token(path))
    check(f"{path}: 50166", number == 50166 and why in words, f"{number} {words}")


def what_an_issuer_does_wrong_is_said():
    trouble("/none", "answers with status 404")
    trouble("/other", "is another issuer's", issuer="https://elsewhere.example")
    trouble("/plain", "is no https URL", uri=issuer.url.replace("https", "http") + "/keys")
    trouble("/file", "is no https URL", uri="file:///etc/passwd")
    issuer.publish(path="/text")
    issuer.page("/text/keys", b"no JSON")
    trouble("/text", "is no JSON object")
    issuer.publish(path="/empty")
    issuer.page("/empty/keys", {})
    trouble("/empty", "holds no")
    issuer.page("/odd/.well-known/openid-configuration", {"issuer": issuer.url + "/odd", "jwks_uri": ["x"]})
    trouble("/odd", "names no")
    issuer.publish(path="/moved")
    issuer.page("/moved/keys", b"", 302, Location=f"{issuer.url}/keys")
    trouble("/moved", "answers with status 302")
    issuer.publish(path="/long")
    issuer.page("/long/keys", b"[" + b"1," * 400000 + b"1]")
    trouble("/long", "it is too long")
    check("nobody else is hurt", sign_in(server, make_identity(issuer.url), issuer.token())[0] == 0)


def odd_keys_are_no_keys():
    for number, keys in enumerate(([], None, [None, 1, "x", []], [{"kid": "one"}], [{"kid": "one", "n": 1, "e": []}],
                                   [{"kid": "one", "kty": "oct", "k": "c2VjcmV0"}])):
        path = f"/keys{number}"
        issuer.publish(path=path)
        issuer.page(path + "/keys", {"keys": keys})
        refusal = sign_in(server, make_identity(issuer.url + path), issuer.token(path))
        check(f"keys {keys}", refusal[0] == 50013, refusal)


def an_endless_answer_is_cut_off():
    def trickle(handler):
        handler.send_response(200)
        handler.end_headers()
        try:
            while not stop.wait(0.2):
                handler.wfile.write(b" ")
        except OSError:
            pass

    stop = threading.Event()
    issuer.pages["/slow/.well-known/openid-configuration"] = (200, {}, trickle)
    begin = time.monotonic()
    trouble("/slow", "Timeout was reached")
    stop.set()
    check("soon", time.monotonic() - begin < 9, time.monotonic() - begin)


def an_issuer_without_a_trusted_certificate_is_none():
    stranger = Issuer(state.folder.name)
    stranger.publish()
    number, words = sign_in(server, make_identity(stranger.url), stranger.token())
    check("50166", number == 50166 and stranger.asked == [], words)


def new_keys_are_found():
    issuer.publish(path="/rolls")
    client, fresh = make_identity(issuer.url + "/rolls"), new_key()
    check("the old one", sign_in(server, client, issuer.token("/rolls"))[0] == 0)
    issuer.publish(("one", issuer.key), ("two", fresh), path="/rolls")
    deadline = time.monotonic() + 20
    while sign_in(server, client, issuer.token("/rolls", fresh, "two"))[0] and time.monotonic() < deadline:
        time.sleep(0.5)
    check("the new one", time.monotonic() < deadline)
    check("the old one still", sign_in(server, client, issuer.token("/rolls"))[0] == 0)


def given_keys_win():
    issuer.publish(path="/given")
    client, before = make_identity(issuer.url + "/given"), len(issuer.asked)
    with open(state.file("given.json"), "w", encoding="ascii") as file:
        json.dump({"keys": [web_key(issuer.key, "one")]}, file)
    state.azid("token", "issuer", "add", "--issuer", issuer.url + "/given", "--keys", state.file("given.json"))
    check("it opens", sign_in(server, client, issuer.token("/given"))[0] == 0)
    check("nothing was asked", len(issuer.asked) == before)


def a_link_local_issuer_is_never_asked():
    """In a network of its own, where that address is this very test's: a request that went out would be seen."""
    if not shutil.which("unshare") or subprocess.run(["unshare", "-rn", "true"], capture_output=True, check=False).returncode:
        print("skipped: no private network to be had")
        return
    inner = subprocess.run(["unshare", "-rn", sys.executable, "-B", __file__, sys.argv[1], "link-local"],
                           capture_output=True, text=True, check=False)
    check("within", inner.returncode == 0, inner.stdout + inner.stderr)


def a_command_in_a_namespace_finds_issuers_outside():
    """The token service then runs where no network is, and knows no such name: another process asks for it."""
    name = socket.gethostname()
    if not socket.gethostbyname(name).startswith("127."):
        print("skipped: this machine's name is not on its loopback device")
        return
    if "namespaces" in subprocess.run([state.azid_path, "exec", "--via", "namespace", "--", "true"], text=True,
                                      env=state.environment, capture_output=True, check=False).stderr:
        print("skipped: no private network to be had")
        return
    outside = Issuer(state.folder.name, socket.gethostbyname(name), name=name)
    outside.publish()
    client = make_identity(outside.url)
    request = ["curl", "-s", f"https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token", "-d", form(
        grant_type="client_credentials", client_id=client, client_assertion_type=BEARER,
        client_assertion=outside.token(), scope="https://management.azure.com/.default")]
    run = subprocess.run([state.azid_path, "exec", "--via", "namespace", "--", *request], capture_output=True, text=True,
                         env={**state.environment, "SSL_CERT_FILE": outside.trust}, check=False)
    check("it opens", '"access_token"' in run.stdout, run.stdout + run.stderr)


def the_link_local_issuer():
    for words in (["link", "set", "lo", "up"], ["addr", "add", "169.254.169.254/32", "dev", "lo"]):
        subprocess.run(["ip", *words], check=True)
    issuer = Issuer(state.folder.name, "169.254.169.254", 8443)
    spellings = ["169.254.169.254", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "169.254.43518",
                 "[::ffff:169.254.169.254]", "[::ffff:a9fe:a9fe]"]
    state.azid("settings", "set", "federation.fetch=on")
    issuer.publish()
    context = ssl.create_default_context(cafile=issuer.trust)
    with urllib.request.urlopen(issuer.url + "/keys", context=context) as seen:
        check("whoever may reach it does", seen.status == 200)
    issuer.asked.clear()
    with Server(state, SSL_CERT_FILE=issuer.trust) as server:
        for spelling in spellings:
            url = f"https://{spelling}:8443"
            issuer.publish(issuer=url)
            number, words = sign_in(server, make_identity(url), issuer.token(iss=url))
            check(f"{spelling}: refused", number == 50166 and "gives no answer" in words, words)
        # Where an issuer at another place sends to it.
        door = Issuer(state.folder.name)
        with open(issuer.trust, "a", encoding="ascii") as trust, open(door.trust, encoding="ascii") as more:
            trust.write(more.read())
        door.publish(uri=issuer.url + "/keys")
        number, words = sign_in(server, make_identity(door.url), door.token())
        check("sent by a document", number == 50166 and issuer.url in words and door.asked, words)
        door.publish()
        door.page("/keys", b"", 307, Location=issuer.url + "/keys")
        check("sent by a redirection", sign_in(server, make_identity(door.url), door.token())[0] == 50166)
    check("it was never asked", issuer.asked == [], issuer.asked)


state = State(sys.argv[1])
state.azid("group", "create", "-n", "rg", "-l", "westeurope")
tenant = state.azid("account", "show")["tenantId"]
if sys.argv[2:] == ["link-local"]:
    sys.exit(run([the_link_local_issuer]))
issuer = Issuer(state.folder.name)
with Server(state, SSL_CERT_FILE=issuer.trust) as server:
    status = run([nothing_is_fetched_unless_that_is_wanted, a_token_opens_by_the_keys_that_its_issuer_publishes,
                  only_issuers_that_somebody_trusts_are_asked, what_an_issuer_does_wrong_is_said, odd_keys_are_no_keys,
                  an_endless_answer_is_cut_off, an_issuer_without_a_trusted_certificate_is_none, new_keys_are_found,
                  given_keys_win, a_link_local_issuer_is_never_asked, a_command_in_a_namespace_finds_issuers_outside])
sys.exit(status)
