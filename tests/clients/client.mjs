// Azure's SDK for JavaScript with its default settings, as code in a VM (run.sh starts it through azid's doors).
//   node client.mjs SUBSCRIPTION VAULT_URL [TENANT CLIENT_ID CLIENT_SECRET]
// With a client id and secret the service principal asks, otherwise the VM's managed identity.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { AuthorizationManagementClient } from '@azure/arm-authorization';
import { ComputeManagementClient } from '@azure/arm-compute';
import { ManagedServiceIdentityClient } from '@azure/arm-msi';
import { ResourceManagementClient } from '@azure/arm-resources';
import { ClientSecretCredential, DefaultAzureCredential, ManagedIdentityCredential } from '@azure/identity';
import { SecretClient } from '@azure/keyvault-secrets';

const [subscription, vault, tenant, client, secret] = process.argv.slice(2);
const credential = client
  ? new ClientSecretCredential(tenant, client, secret)
  : new ManagedIdentityCredential();
const all = async pages => {
  const items = [];
  for await (const item of pages) items.push(item);
  return items;
};
const done = async operation => {
  const result = await operation;
  return result?.pollUntilDone ? result.pollUntilDone() : result;
};

const tests = {
  async 'a token is given and held'() {
    const first = await new ManagedIdentityCredential().getToken('https://management.azure.com/.default');
    const second = await new DefaultAzureCredential().getToken('https://management.azure.com/.default');
    assert.equal(first.token, second.token);
  },
  async 'a secret is kept and found, another is not'() {
    const secrets = new SecretClient(vault, credential);
    await secrets.setSecret('colour', 'green');
    assert.equal((await secrets.getSecret('colour')).value, 'green');
    assert.ok((await all(secrets.listPropertiesOfSecrets())).some(one => one.name === 'colour'));
    await assert.rejects(secrets.getSecret('missing'), { code: 'SecretNotFound', statusCode: 404 });
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
    const assigned = await roles.roleAssignments.create(scope, name, {
      roleDefinitionId: reader.id, principalId: made.principalId, principalType: 'ServicePrincipal',
    });
    assert.equal(assigned.principalId, made.principalId);
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
};

if (client) delete tests['a token is given and held'];  // it is about the VM's own
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
