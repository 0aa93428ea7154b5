"""What the real az prints through the server, and what azid prints of the same state: the same JSON.

    compare_az.py AZID DOOR [read|write]      $AZ is the az command; world.sh has made the state and named what is in it

Reading commands are asked of one state; writing ones of two copies of it, and what differs from run to run (new ids,
times, secrets) is taken out of both answers before they are compared.
"""
import difflib
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile

azid, door, *kinds = sys.argv[1:]
world = os.environ
state = world["AZID_STATE"]
group = f"/subscriptions/{world['SUBSCRIPTION']}/resourceGroups/rg"

READ = """
vm show -g rg -n web
vm show -d -g rg -n web
vm list
vm list -d -g rg
vm identity show -g rg -n web
vm get-instance-view -g rg -n web
identity show -g rg -n shared
identity list
identity list -g rg
identity federated-credential list -g rg --identity-name shared
identity federated-credential show -g rg --identity-name shared -n job
role assignment list
role assignment list --all
role assignment list --assignee {CLIENT}
role assignment list --scope {GROUP}
role assignment list -g rg --include-inherited
role definition list --name Reader
role definition list --custom-role-only true
role definition list --name "Key Vault Secrets Officer" --scope {GROUP}
keyvault show -n kv-clients
keyvault list
keyvault list -g rg
keyvault secret show --vault-name kv-clients -n password
keyvault secret list --vault-name kv-clients
keyvault secret list-versions --vault-name kv-clients -n password
keyvault key list --vault-name kv-clients
group show -n rg
group list
group exists -n rg
group exists -n nothing
resource list
resource list -g rg
resource list --resource-type Microsoft.Compute/virtualMachines
resource show -g rg -n web --resource-type Microsoft.Compute/virtualMachines
network nic list
network nic show -g rg -n webVMNic
network vnet list
network vnet show -g rg -n webVNET
network vnet subnet list -g rg --vnet-name webVNET
network nsg list
network nsg show -g rg -n webNSG
resource show -g rg -n webVMNic --resource-type Microsoft.Network/networkInterfaces
resource show -g rg -n clientsblobs --resource-type Microsoft.Storage/storageAccounts
network public-ip list
network public-ip show -g rg -n webPublicIP
disk list
storage account show -n clientsblobs
storage account list
account show
account list
ad sp show --id {CLIENT}
ad sp list --display-name clients
ad app show --id {CLIENT}
ad app list --display-name clients
ad user list
ad group list
lock list
tag list
provider show -n Microsoft.ManagedIdentity --query namespace
deployment group list -g rg
rest --url /subscriptions/{SUBSCRIPTION}/resourceGroups?api-version=2021-04-01
rest --url https://graph.microsoft.com/v1.0/servicePrincipals/{SP_OBJECT}
rest --url https://kv-clients.vault.azure.net/secrets/password?api-version=7.4 --resource https://vault.azure.net
"""

WRITE = """
group create -n two -l westeurope --tags a=b
group update -n two --set tags.c=d
group update -n two --tags x=y
identity create -g two -n id1 --tags k=v
identity create -g two -n id2 -l northeurope
identity federated-credential create -g two --identity-name id1 -n fc1 --issuer https://i.example --subject s --audiences api://AzureADTokenExchange
identity federated-credential create -g two --identity-name id1 -n fc --issuer https://i.example --subject u
identity federated-credential update -g two --identity-name id1 -n fc1 --issuer https://i.example --subject t --audiences api://AzureADTokenExchange
vm create -g two -n vm1 --image Ubuntu2204 --admin-username ann --generate-ssh-keys --assign-identity id1 --size Standard_B1s
vm create -g two -n vm2 --image Debian11 --admin-username ann --admin-password Passw0rd!Passw0rd! --assign-identity [system] --role Reader --scope {GROUP} --public-ip-address "" --size Standard_B1s
vm identity assign -g two -n vm1 --identities id2
vm identity assign -g two -n vm1 --identities [system]
vm identity remove -g two -n vm1 --identities id2
vm identity remove -g two -n vm1
vm update -g two -n vm1 --set tags.role=test
vm deallocate -g two -n vm1
vm start -g two -n vm1
vm stop -g two -n vm1
vm restart -g two -n vm2
role assignment create --assignee {CLIENT} --role Reader --scope {GROUP}
role assignment create --assignee-object-id {IDENTITY_OBJECT} --assignee-principal-type ServicePrincipal --role "Storage Blob Data Reader" --scope {GROUP}
role assignment delete --assignee {CLIENT} --role Reader --scope {GROUP}
role definition create --role-definition {ROLE}
role definition list --custom-role-only true
keyvault create -g two -n kv-second -l westeurope
keyvault update -n kv-second --set tags.a=b
keyvault secret set --vault-name kv-clients -n fresh --value one --tags t=u
keyvault secret set-attributes --vault-name kv-clients -n fresh --content-type text/plain
keyvault secret set-attributes --vault-name kv-clients -n fresh --enabled false
keyvault secret delete --vault-name kv-clients -n fresh
keyvault secret list-deleted --vault-name kv-clients
keyvault secret recover --vault-name kv-clients -n fresh
keyvault key create --vault-name kv-clients -n rsa --kty RSA
keyvault delete -n kv-second
keyvault list-deleted
keyvault recover -n kv-second
storage account create -g two -n secondstore -l westeurope --sku Standard_LRS
storage account update -n secondstore --tags a=b
network public-ip create -g two -n ip1 --sku Standard --allocation-method Static
network nsg create -g two -n nsg1
network vnet create -g two -n net1 --address-prefix 10.9.0.0/16 --subnet-name a --subnet-prefix 10.9.1.0/24
lock create -n keep --lock-type CanNotDelete -g two
lock delete -n keep -g two
tag create --resource-id {GROUP} --tags z=1
tag update --resource-id {GROUP} --operation Merge --tags y=2
resource tag --ids {GROUP}/providers/Microsoft.Compute/virtualMachines/web --tags w=3
ad sp create-for-rbac -n another --role Reader --scopes {GROUP}
ad app create --display-name app1
ad group create --display-name grp --mail-nickname grp
deployment group create -g two --template-file {TEMPLATE} --parameters name=fromtemplate
deployment group show -g two -n template
vm delete -g two -n vm2 -y
identity delete -g two -n id2
storage account delete -n secondstore -y
group delete -n two -y
group exists -n two
"""


def commands(text, names):
    for line in text.strip().splitlines():
        for name, value in names.items():
            line = line.replace("{" + name + "}", value)
        yield shlex.split(line)


def by_az(lines, file, folder):
    """Runs all of them in one go, each into files of its own; gives status, output and errors."""
    script = [f"az() {{ {world['AZ']} \"$@\"; }}", 'az login --service-principal -u "$CLIENT" -p "$SECRET" --tenant "$TENANT" '
              f"-o none >{folder}/login 2>&1 || {{ cat {folder}/login >&2; exit 1; }}"]
    for number, words in enumerate(lines):
        at = f"{folder}/{number}"
        script.append(f"az {shlex.join(words)} -o json >{at}.out 2>{at}.err </dev/null; echo $? >{at}.status")
    run = subprocess.run([azid, "exec", "--via", door, "--vm", "web", "-g", "rg", "--", "bash", "-c", "\n".join(script)],
                         env={**world, "AZID_STATE": file}, check=False)
    if run.returncode:
        sys.exit(f"az did not come so far: {run.returncode}")
    for number, _ in enumerate(lines):
        yield tuple(open(f"{folder}/{number}.{end}", encoding="utf-8").read() for end in ("status", "out", "err"))


def by_azid(lines, file):
    environment = {**world, "AZID_STATE": file}
    login = [azid, "login", "--service-principal", "-u", world["CLIENT"], "-p", world["SECRET"], "--tenant", world["TENANT"]]
    subprocess.run(login, env=environment, check=True, capture_output=True)
    for words in lines:
        run = subprocess.run([azid, *words, "-o", "json"], env=environment, capture_output=True, text=True, check=False,
                             stdin=subprocess.DEVNULL)
        yield str(run.returncode), run.stdout, run.stderr


GUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.I)
CHANGING = [(re.compile(pattern), word) for pattern, word in (
    (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]00:00)?", "TIME"), (r"\b[0-9a-f]{32}\b", "VERSION"),
    (r"\b(?:[0-9A-F]{2}-){5}[0-9A-F]{2}\b", "MAC"), (r"198\.1[89]\.\d+\.\d+", "ADDRESS"), (r"PT\d+(?:\.\d+)?S", "DURATION"),
    (r'"etag": "\\"\d+\\""', "COUNT"), (r"(?<=_disk1_)\w+", "DISK"), (r"(?<=_OsDisk_1_)\w+", "DISK"), (r'(?<="password": ")[^"]+', "PASSWORD"),
    (r'ssh-rsa [^"]+', "SSH"), (r'(?<="[ne]": ")[^"]+', "KEY"))]
known = set()


def steady(text):
    """The text without what another run would say in another way; ids that the world gave stay."""
    text = GUID.sub(lambda found: found[0] if found[0].lower() in known else "ID", text)
    for pattern, word in CHANGING:
        text = pattern.sub(word, text)
    return text


def without_attributes(value):
    """Debian's az shows the times of a vault's objects as they came over the wire, where az makes dates of them."""
    if isinstance(value, list):
        return [without_attributes(one) for one in value]
    return {name: one for name, one in value.items() if name != "attributes"} if isinstance(value, dict) else value


def parsed(words, text):
    try:
        value = json.loads(text) if text.strip() else None
    except ValueError:
        return text
    if words[:2] in (["keyvault", "secret"], ["keyvault", "key"]):
        value = without_attributes(value)
    return json.dumps(value, indent=1, sort_keys=True)


def compare(lines, az, ours, clean):
    different = 0
    for words, (status, out, err), (our_status, our_out, our_err) in zip(lines, az, ours):
        title = shlex.join(words).replace(world["SUBSCRIPTION"], "SUB")[:110]
        theirs, mine = (clean(parsed(words, text)).splitlines() for text in (out, our_out))
        if status.strip() == our_status.strip() and theirs == mine:
            print("ok     ", title)
            continue
        different += 1
        print("DIFFERS", title, f"(az {status.strip()}, azid {our_status.strip()})")
        for line in list(difflib.unified_diff(theirs, mine, "az", "azid", n=1, lineterm=""))[2:40]:
            print("        " + line)
        if status.strip() != "0" or our_status != "0":
            print("         az:", err.strip()[-300:], "\n         azid:", our_err.strip()[-300:])
    return different


def copy(folder, name):
    path = os.path.join(folder, name)
    subprocess.run([azid, "state", "show", "-o", "none"], check=True)  # moves everything into the one file
    subprocess.run(["cp", state, path], check=True)
    return path


def main():
    folder = tempfile.mkdtemp(dir=os.path.dirname(state))
    principal = json.loads(subprocess.run([azid, "ad", "sp", "show", "--id", world["CLIENT"]], check=True,
                                          capture_output=True).stdout)["id"]
    names = {"GROUP": group, "CLIENT": world["CLIENT"], "SUBSCRIPTION": world["SUBSCRIPTION"], "SP_OBJECT": principal,
             "IDENTITY_OBJECT": world["IDENTITY_OBJECT"], "ROLE": os.path.join(folder, "role.json"),
             "TEMPLATE": os.path.join(folder, "template.json")}
    with open(names["ROLE"], "w", encoding="ascii") as file:
        json.dump({"Name": "Restarter", "Description": "Restarts machines.", "AssignableScopes": [group],
                   "Actions": ["Microsoft.Compute/virtualMachines/restart/action"]}, file)
    with open(names["TEMPLATE"], "w", encoding="ascii") as file:
        json.dump({"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
                   "contentVersion": "1.0.0.0", "parameters": {"name": {"type": "string"}}, "resources": [{
                       "type": "Microsoft.ManagedIdentity/userAssignedIdentities", "apiVersion": "2023-01-31",
                       "name": "[parameters('name')]", "location": "[resourceGroup().location]"}]}, file)
    different = asked = 0
    if "read" in (kinds or ["read"]):
        lines = list(commands(READ, names))
        different += compare(lines, by_az(lines, state, folder), by_azid(lines, state), lambda text: text)
        asked += len(lines)
    if "write" in (kinds or ["write"]):
        lines = list(commands(WRITE, names))
        one, two = copy(folder, "one.db"), copy(folder, "two.db")
        known.update(value.lower() for value in GUID.findall(" ".join(world.values()) + " " + " ".join(names.values())))
        different += compare(lines, by_az(lines, one, folder), by_azid(lines, two), steady)
        asked += len(lines)
    print(f"{door}: {asked - different} of {asked} the same")
    return 1 if different else 0


sys.exit(main())
