// Azure's SDK for JavaScript with its default settings, as code in a VM (run.sh starts it through azid's doors).
//   node client.mjs identity      the VM's managed identity asks
//   node client.mjs principal     a service principal asks, by its secret
// run.sh says in the environment whom and what it made: see world.sh.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { AuthorizationManagementClient } from '@azure/arm-authorization';
import { ComputeManagementClient } from '@azure/arm-compute';
import { ManagedServiceIdentityClient } from '@azure/arm-msi';
import { ResourceManagementClient } from '@azure/arm-resources';
import * as identity from '@azure/identity';
import { CryptographyClient, KeyClient } from '@azure/keyvault-keys';
import { SecretClient } from '@azure/keyvault-secrets';
import { BlobServiceClient } from '@azure/storage-blob';

const world = process.env;
const who = process.argv[2];
const subscription = world.SUBSCRIPTION;
const arm = 'https://management.azure.com/.default';
const tokenOf = async one => (await one.getToken(arm)).token;
const bySecret = secret => new identity.ClientSecretCredential(world.TENANT, world.CLIENT, secret);
const byCertificate = file => new identity.ClientCertificateCredential(world.TENANT, world.CLIENT, file);
const byAssertion = give =>
  new identity.ClientAssertionCredential(world.TENANT, world.IDENTITY_CLIENT, async () => give());
const federatedToken = () => readFileSync(world.AZURE_FEDERATED_TOKEN_FILE, 'ascii');
const credential = who === 'identity' ? new identity.ManagedIdentityCredential() : bySecret(world.SECRET);
const all = async pages => {
  const items = [];
  for await (const item of pages) items.push(item);
  return items;
};
const done = async operation => {
  const result = await operation;
  return result?.pollUntilDone ? result.pollUntilDone() : result;
};

const ofIdentities = {
  async 'a token is given and held'() {
    const first = await tokenOf(new identity.ManagedIdentityCredential());
    assert.equal(first, await tokenOf(new identity.DefaultAzureCredential()));
  },
  async 'every name of an identity selects it'() {
    const names = [{ clientId: world.IDENTITY_CLIENT }, { objectId: world.IDENTITY_OBJECT },
      { resourceId: world.IDENTITY_ID }];
    const tokens = await Promise.all(names.map(name => tokenOf(new identity.ManagedIdentityCredential(name))));
    assert.equal(new Set(tokens).size, 1);
    await assert.rejects(tokenOf(new identity.ManagedIdentityCredential({ clientId: randomUUID() })));
  },
};

const ofPrincipals = {
  async 'a secret and a certificate open and others do not'() {
    assert.ok(await tokenOf(bySecret(world.SECRET)));
    await assert.rejects(tokenOf(bySecret('wrong')), /AADSTS7000215/);
    assert.ok(await tokenOf(byCertificate(world.CERTIFICATE)));
    await assert.rejects(tokenOf(byCertificate(world.FOREIGN_CERTIFICATE)), /AADSTS700027/);
  },
  async 'a federated token opens and another does not'() {
    assert.ok(await tokenOf(byAssertion(federatedToken)));
    const broken = federatedToken().replace(/[^.]*$/, 'AAAA');
    await assert.rejects(tokenOf(byAssertion(() => broken)), /AADSTS50013/);
    const options = { tenantId: world.TENANT, clientId: world.IDENTITY_CLIENT };
    assert.ok(await tokenOf(new identity.WorkloadIdentityCredential(options)));
  },
};

const ofBoth = {
  async 'a secret is kept and found, another is not'() {
    const secrets = new SecretClient(world.VAULT, credential);
    await secrets.setSecret('colour', 'green');
    assert.equal((await secrets.getSecret('colour')).value, 'green');
    assert.ok((await all(secrets.listPropertiesOfSecrets())).some(one => one.name === 'colour'));
    await assert.rejects(secrets.getSecret('missing'), { code: 'SecretNotFound', statusCode: 404 });
  },
  async 'a key encrypts and decrypts'() {
    const key = await new KeyClient(world.VAULT, credential).createRsaKey('lock', { keySize: 2048 });
    const worker = new CryptographyClient(key, credential);
    const hidden = await worker.encrypt('RSA-OAEP-256', Buffer.from('in the open'));
    const shown = await worker.decrypt('RSA-OAEP-256', hidden.result);
    assert.equal(Buffer.from(shown.result).toString(), 'in the open');
  },
  async 'a blob is kept, listed and goes'() {
    const container = new BlobServiceClient(world.BLOBS, credential).getContainerClient(`from-${who}`);
    await container.create();
    const blob = container.getBlockBlobClient('one.txt');
    await blob.upload('some words', 10);
    assert.deepEqual((await all(container.listBlobsFlat())).map(one => one.name), ['one.txt']);
    assert.equal((await blob.downloadToBuffer()).toString(), 'some words');
    await blob.delete();
    await assert.rejects(blob.downloadToBuffer(), { statusCode: 404 });
    await container.delete();
  },
  async 'an identity is made, listed and given a role'() {
    const groups = new ResourceManagementClient(credential, subscription).resourceGroups;
    await groups.createOrUpdate('sdk', { location: 'westeurope' });
    const identities = new ManagedServiceIdentityClient(credential, subscription).userAssignedIdentities;
    const made = await identities.createOrUpdate('sdk', 'shared', { location: 'westeurope' });
    assert.match(made.principalId, /^[0-9a-f-]{36}$/);
    assert.ok((await all(identities.listBySubscription())).some(one => one.id === made.id));
    const roles = new AuthorizationManagementClient(credential, subscription);
    const scope = `/subscriptions/${subscription}/resourceGroups/sdk`;
    const [reader] = await all(roles.roleDefinitions.list(scope, { filter: "roleName eq 'Reader'" }));
    const name = randomUUID();
    const asked = { roleDefinitionId: reader.id, principalId: made.principalId, principalType: 'ServicePrincipal' };
    const assigned = await roles.roleAssignments.create(scope, name, asked);
    assert.equal(assigned.principalId, made.principalId);
    await assert.rejects(roles.roleAssignments.create(scope, randomUUID(), asked),
      { code: 'RoleAssignmentExists', statusCode: 409 });
    await roles.roleAssignments.delete(scope, name);
  },
  async 'a machine is made with an identity of its own and goes'() {
    const machines = new ComputeManagementClient(credential, subscription).virtualMachines;
    const body = {
      location: 'westeurope', identity: { type: 'SystemAssigned' },
      hardwareProfile: { vmSize: 'Standard_B1s' }, networkProfile: { networkInterfaces: [] },
    };
    const make = machines.beginCreateOrUpdateAndWait ?? machines.createOrUpdate;
    const made = await done(make.call(machines, 'sdk', 'vm', body));
    assert.match(made.identity.principalId, /^[0-9a-f-]{36}$/);
    const remove = machines.beginDeleteAndWait ?? machines.delete;
    await done(remove.call(machines, 'sdk', 'vm'));
    assert.equal((await all(machines.list('sdk'))).length, 0);
  },
  async 'a group goes with all in it'() {
    const groups = new ResourceManagementClient(credential, subscription).resourceGroups;
    const remove = groups.beginDeleteAndWait ?? groups.delete;
    await done(remove.call(groups, 'sdk'));
    assert.equal((await all(groups.list())).some(one => one.name === 'sdk'), false);
  },
};

const tests = { ...(who === 'identity' ? ofIdentities : ofPrincipals), ...ofBoth };
let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  try {
    await test();
    console.log('ok     ', name);
  } catch (problem) {
    ++failed;
    console.log('FAILED ', name, '-', problem.statusCode ?? '', problem.message);
  }
}
process.exit(failed);
