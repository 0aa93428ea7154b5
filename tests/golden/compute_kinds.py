"""How to bring about what each kind of recording of Compute and of its deployments holds."""
import copy
import json

import machines
from arm_kinds import kind, parts

SHAPES = ['none', 'system', 'user', 'system-user']


@kind(*['vm-get-200-identity-' + one for one in SHAPES],
      *['vm-get-200-identity-%s-instanceview' % one for one in SHAPES])
def get(world, record):
    machines.recreate(world, record['response_body'])
    return world.rest('GET', record['url'])


@kind(*['vm-patch-200-identity-' + one for one in SHAPES], *['vm-put-200-identity-' + one for one in SHAPES])
def change(world, record):
    """The request as recorded, on the machine of the answer without what the request brings."""
    before = copy.deepcopy(record['response_body'])
    asked = record['request_body']
    machines.everything_for(world, world.here(before))
    named = (asked.get('identity') or {}).get('userAssignedIdentities') or {}
    if any(value is not None for value in named.values()) or (asked.get('identity') or {}).get('type') == 'SystemAssigned':
        before.pop('identity', None)
    elif named:  # those that the request takes off
        before['identity']['userAssignedIdentities'].update({one: {} for one in named})
    machines.recreate(world, before)
    asked = copy.deepcopy(asked)
    storage = (asked.get('properties') or {}).get('storageProfile', {})
    if 'dataDisks' in storage:  # while disks are being taken off Azure still shows them; azid is done at once
        storage['dataDisks'] = copy.deepcopy(before['properties']['storageProfile']['dataDisks'])
    profile = (asked.get('properties') or {}).get('osProfile')
    if profile and 'windowsConfiguration' in profile:
        profile['computerName'] = profile['computerName'][:15]
    if profile and not profile.get('linuxConfiguration', {}).get('disablePasswordAuthentication'):
        profile['adminPassword'] = 'Pr4ctice!now'
    return world.rest(record['method'], record['url'], asked)


@kind('vm-list-rg-200')
def listed(world, record):
    for machine in record['response_body']['value']:
        named = machine['id'].split('/')[4]  # in one recording not by the name that the request uses
        text = json.dumps(machine).replace('/resourceGroups/' + named + '/', '/resourceGroups/' + parts(record)[0] + '/')
        machines.recreate(world, json.loads(text))
    return world.rest('GET', record['url'])


@kind('vm-get-404-NotFound')
def absent(world, record):
    world.group(parts(record)[0])
    return world.rest('GET', record['url'])


@kind('vm-vmsizes-get-200', 'vm-retrievebootdiagnosticsdata-post-200')
def on_machine(world, record):
    place, _, name = parts(record)
    world.group(place)
    world.az('vm', 'create', '-g', place, '-n', name, '--image', 'Ubuntu2204', '--admin-password', 'Pr4ctice!now')
    if 'boot' in record['operation']:
        world.must('PATCH', world.id(place, 'Microsoft.Compute/virtualMachines', name) + machines.VERSION,
                   {'properties': {'diagnosticsProfile': {'bootDiagnostics': {'enabled': True}}}})
    return world.rest(record['method'], record['url'])


@kind('vmextension-get-200', 'vmextension-put-200', 'vmextension-put-201')
def extension(world, record):
    place, _, name = parts(record)
    world.group(place)
    world.az('vm', 'create', '-g', place, '-n', name, '--image', 'Ubuntu2204', '--admin-password', 'Pr4ctice!now')
    made = record['response_body']
    body = {key: made[key] for key in ('location', 'tags', 'properties') if key in made}
    body['properties'].pop('provisioningState', None)
    if record['operation'] == 'vmextension-put-201':
        return world.rest('PUT', record['url'], record['request_body'])
    world.must('PUT', record['url'], body)
    return world.rest(record['method'], record['url'], record.get('request_body'))


TEMPLATE = {'$schema': 'https://schema.management.azure.com/schemas/2015-01-01/deploymentTemplate.json#',
            'contentVersion': '1.0.0.0', 'parameters': {'adminPassword': {'type': 'securestring'}}, 'variables': {}, 'outputs': {},
            'resources': [{'type': 'Microsoft.Network/networkSecurityGroups', 'name': 'webNSG', 'apiVersion': '2015-06-15',
                           'location': 'westus', 'tags': {}, 'dependsOn': []},
                          {'type': 'Microsoft.Network/publicIPAddresses', 'name': 'webPublicIP', 'apiVersion': '2022-01-01',
                           'location': 'westus', 'sku': {'name': 'Standard'}, 'tags': {},
                           'dependsOn': ['Microsoft.Network/networkSecurityGroups/webNSG'],
                           'properties': {'publicIPAllocationMethod': 'Static'}}]}
PARAMETERS = {'adminPassword': {'value': 'Pr4ctice!now'}}


@kind('vmdeployment-self-put-201', 'vmdeployment-self-get-200', 'vmdeployment-operationstatus-200-Succeeded',
      'vmdeployment-operationstatus-200-Running')
def deployed(world, record):
    world.group('rg')
    if record['operation'].endswith('Running'):
        world.az('settings', 'set', 'provisioning.time=60')
    path = '/subscriptions/%s/resourcegroups/rg/providers/Microsoft.Resources/deployments/one?api-version=2024-11-01' % (
        world.subscription)
    made = world.rest('PUT', path, {'properties': {'mode': 'incremental', 'parameters': PARAMETERS, 'template': TEMPLATE}})
    if 'operationstatus' in record['operation']:
        path = path.replace('/one?', '/one/operationStatuses/%s?' % world.operations('deployments')[0])
    return made if record['method'] == 'PUT' else world.rest('GET', path)


@kind('error-400-InvalidTemplate', 'error-400-InvalidTemplateDeployment', 'vmdeployment-self-put-400-InvalidTemplateDeployment')
def bad_template(world, record):
    world.group('rg')
    template = copy.deepcopy(TEMPLATE)
    if record['operation'].endswith('InvalidTemplate'):
        template['resources'][0]['name'] = "[parameters('absent')]"
    elif record['method'] == 'PUT':
        template['resources'].append({
            'type': 'Microsoft.Compute/virtualMachines', 'name': 'vm', 'apiVersion': '2022-01-01', 'location': 'westus',
            'properties': {'hardwareProfile': {'vmSize': 'Standard_DS1_v2'}, 'storageProfile': {'imageReference': {
                'publisher': 'SUSE', 'offer': 'openSUSE-Leap', 'sku': '42.3', 'version': 'latest'}}}})
    else:
        template['resources'].append({'type': 'Microsoft.Storage/storageAccounts', 'name': 'No-Such-Name', 'apiVersion': '2022-05-01',
                                      'location': 'nowhere', 'kind': 'StorageV2', 'sku': {'name': 'Standard_LRS'}})
    path = '/subscriptions/%s/resourcegroups/rg/providers/Microsoft.Resources/deployments/one' % world.subscription
    path += '/validate' if record['method'] == 'POST' else ''
    return world.rest(record['method'], path + '?api-version=2024-11-01',
                      {'properties': {'mode': 'incremental', 'parameters': PARAMETERS, 'template': template}})


@kind('error-409-MissingSubscriptionRegistration', 'keyvault-put-409-MissingSubscriptionRegistration')
def not_registered(world, record):
    world.group('rg')
    world.must('POST', '/subscriptions/%s/providers/Microsoft.KeyVault/unregister?api-version=2024-11-01' % world.subscription)
    return world.rest('PUT', world.id('rg', 'Microsoft.KeyVault/vaults', 'kv-golden') + '?api-version=2024-11-01', {
        'location': 'westus', 'properties': {'tenantId': world.tenant, 'sku': {'family': 'A', 'name': 'standard'}}})
