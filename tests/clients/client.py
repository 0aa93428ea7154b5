"""Azure's SDK for Python with its default settings, as code in a VM (run.sh starts it through azid's doors).

    client.py identity      the VM's managed identity asks
    client.py principal     a service principal asks, by its secret

run.sh says in the environment whom and what it made: see world.sh.
"""
import logging
import os
import sys
import traceback
import uuid

import azure.identity
from azure.core.exceptions import ClientAuthenticationError, HttpResponseError, ResourceNotFoundError
from azure.keyvault.keys import KeyClient
from azure.keyvault.keys.crypto import CryptographyClient, EncryptionAlgorithm
from azure.keyvault.secrets import SecretClient
from azure.mgmt.authorization import AuthorizationManagementClient
from azure.mgmt.compute import ComputeManagementClient
from azure.mgmt.msi import ManagedServiceIdentityClient
from azure.mgmt.resource import ResourceManagementClient
from azure.storage.blob import BlobServiceClient

logging.disable(logging.CRITICAL)  # what is refused on purpose is no news
ARM = "https://management.azure.com/.default"
world = os.environ
who = sys.argv[1]
subscription = world["SUBSCRIPTION"]
scope = f"/subscriptions/{subscription}"


def secret_credential(secret=None):
    return azure.identity.ClientSecretCredential(world["TENANT"], world["CLIENT"], secret or world["SECRET"])


credential = azure.identity.ManagedIdentityCredential() if who == "identity" else secret_credential()


def federated_token():
    with open(world["AZURE_FEDERATED_TOKEN_FILE"], encoding="ascii") as file:
        return file.read()


def refused(kind, work):
    try:
        work()
    except kind as error:
        return error
    raise AssertionError(f"nothing refused this; {kind.__name__} was due")


def groups():
    client = ResourceManagementClient(credential, subscription).resource_groups
    client.create_or_update("sdk", {"location": "westeurope"})
    return client


def identities():
    return ManagedServiceIdentityClient(credential, subscription).user_assigned_identities


def a_token_is_given_and_held():
    first = azure.identity.ManagedIdentityCredential().get_token(ARM)
    second = azure.identity.DefaultAzureCredential().get_token(ARM)
    assert first.token == second.token


def every_name_of_an_identity_selects_it():
    make = azure.identity.ManagedIdentityCredential
    tokens = {
        make(client_id=world["IDENTITY_CLIENT"]).get_token(ARM).token,
        make(identity_config={"object_id": world["IDENTITY_OBJECT"]}).get_token(ARM).token,
        make(identity_config={"mi_res_id": world["IDENTITY_ID"]}).get_token(ARM).token,
    }
    assert len(tokens) == 1
    refused(ClientAuthenticationError, lambda: make(client_id=str(uuid.uuid4())).get_token(ARM))


def a_secret_and_a_certificate_open_and_others_do_not():
    assert secret_credential().get_token(ARM).token
    error = refused(ClientAuthenticationError, lambda: secret_credential("wrong").get_token(ARM))
    assert "AADSTS7000215" in error.message
    certificate = azure.identity.CertificateCredential
    assert certificate(world["TENANT"], world["CLIENT"], world["CERTIFICATE"]).get_token(ARM).token
    foreign = certificate(world["TENANT"], world["CLIENT"], world["FOREIGN_CERTIFICATE"])
    assert "AADSTS700027" in refused(ClientAuthenticationError, lambda: foreign.get_token(ARM)).message


def a_federated_token_opens_and_another_does_not():
    make = azure.identity.ClientAssertionCredential
    assert make(world["TENANT"], world["IDENTITY_CLIENT"], federated_token).get_token(ARM).token
    other = federated_token().rpartition(".")[0] + ".AAAA"
    broken = make(world["TENANT"], world["IDENTITY_CLIENT"], lambda: other)
    assert "AADSTS50013" in refused(ClientAuthenticationError, lambda: broken.get_token(ARM)).message
    if hasattr(azure.identity, "WorkloadIdentityCredential"):
        workload = azure.identity.WorkloadIdentityCredential(
            tenant_id=world["TENANT"], client_id=world["IDENTITY_CLIENT"])
        assert workload.get_token(ARM).token


def a_secret_is_kept_and_found_another_is_not():
    secrets = SecretClient(world["VAULT"], credential)
    first = secrets.set_secret("colour", "green")
    secrets.set_secret("colour", "blue", tags={"by": "python"})
    assert secrets.get_secret("colour").value == "blue"
    assert secrets.get_secret("colour", first.properties.version).value == "green"
    assert "colour" in [one.name for one in secrets.list_properties_of_secrets()]
    assert len(list(secrets.list_properties_of_secret_versions("colour"))) >= 2
    refused(ResourceNotFoundError, lambda: secrets.get_secret("missing"))


def a_key_encrypts_and_decrypts():
    keys = KeyClient(world["VAULT"], credential)
    key = keys.create_rsa_key("lock", size=2048)
    worker = CryptographyClient(key, credential)
    hidden = worker.encrypt(EncryptionAlgorithm.rsa_oaep_256, b"in the open").ciphertext
    assert worker.decrypt(EncryptionAlgorithm.rsa_oaep_256, hidden).plaintext == b"in the open"


def a_blob_is_kept_listed_and_goes():
    container = BlobServiceClient(world["BLOBS"], credential).get_container_client("from-" + who)
    container.create_container()
    container.upload_blob("one.txt", b"some words", overwrite=True)
    assert [one.name for one in container.list_blobs()] == ["one.txt"]
    assert container.download_blob("one.txt").readall() == b"some words"
    container.delete_blob("one.txt")
    refused(ResourceNotFoundError, lambda: container.download_blob("one.txt"))
    container.delete_container()


def an_identity_is_made_listed_and_given_a_role():
    groups()
    made = identities().create_or_update("sdk", "shared", {"location": "westeurope"})
    assert made.id in [one.id for one in identities().list_by_subscription()]
    roles = AuthorizationManagementClient(credential, subscription)
    (reader,) = roles.role_definitions.list(scope, filter="roleName eq 'Reader'")
    name = str(uuid.uuid4())
    asked = {"role_definition_id": reader.id, "principal_id": made.principal_id, "principal_type": "ServicePrincipal"}
    assert roles.role_assignments.create(scope, name, asked).principal_id == made.principal_id
    again = refused(HttpResponseError, lambda: roles.role_assignments.create(scope, str(uuid.uuid4()), asked))
    assert again.error.code == "RoleAssignmentExists"
    mine = roles.role_assignments.list_for_scope(scope, filter=f"principalId eq '{made.principal_id}'")
    assert [one.name for one in mine] == [name]
    roles.role_assignments.delete(scope, name)


def a_machine_is_made_changed_and_goes():
    groups()
    shared = identities().create_or_update("sdk", "for-machines", {"location": "westeurope"})
    machines = ComputeManagementClient(credential, subscription).virtual_machines
    made = machines.begin_create_or_update("sdk", "vm", {
        "location": "westeurope", "identity": {"type": "SystemAssigned"},
        "hardware_profile": {"vm_size": "Standard_B1s"}, "network_profile": {"network_interfaces": []}}).result()
    assert made.identity.principal_id
    both = {"type": "SystemAssigned, UserAssigned", "user_assigned_identities": {shared.id: {}}}
    changed = machines.begin_update("sdk", "vm", {"identity": both}).result()
    (held,) = changed.identity.user_assigned_identities.values()
    assert held.principal_id == shared.principal_id
    machines.begin_deallocate("sdk", "vm").result()
    states = [one.code for one in machines.instance_view("sdk", "vm").statuses]
    assert "PowerState/deallocated" in states
    machines.begin_delete("sdk", "vm").result()
    assert "vm" not in [one.name for one in machines.list("sdk")]
    refused(ResourceNotFoundError, lambda: machines.get("sdk", "vm"))


def a_group_goes_with_all_in_it():
    groups().begin_delete("sdk").result()
    assert not groups().check_existence("nothing")
    groups().begin_delete("sdk").result()


tests = [a_secret_is_kept_and_found_another_is_not, a_key_encrypts_and_decrypts, a_blob_is_kept_listed_and_goes,
         an_identity_is_made_listed_and_given_a_role, a_machine_is_made_changed_and_goes, a_group_goes_with_all_in_it]
if who == "identity":
    tests = [a_token_is_given_and_held, every_name_of_an_identity_selects_it] + tests
else:
    tests = [a_secret_and_a_certificate_open_and_others_do_not, a_federated_token_opens_and_another_does_not] + tests

failed = 0
for test in tests:
    try:
        test()
        print("ok     ", test.__name__.replace("_", " "), flush=True)
    except Exception:  # whatever a client throws, the others still run
        failed += 1
        print("FAILED ", test.__name__.replace("_", " "), flush=True)
        traceback.print_exc(limit=-3, file=sys.stdout)
sys.exit(failed)
