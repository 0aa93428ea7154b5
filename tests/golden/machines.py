"""A virtual machine as a recorded answer describes it, with all that it refers to, made anew in a world."""
import copy

VERSION = '?api-version=2024-11-01'
READ_ONLY = ('vmId', 'timeCreated', 'provisioningState', 'instanceView')


def network(world, group, name, location):
    """The virtual network that the interfaces of these tests stand in; gives the subnet's id."""
    path = world.id(group, 'Microsoft.Network/virtualNetworks', name)
    world.must('PUT', path + VERSION, {'location': location, 'properties': {
        'addressSpace': {'addressPrefixes': ['10.0.0.0/16']},
        'subnets': [{'name': 'default', 'properties': {'addressPrefix': '10.0.0.0/24'}}]}})
    return path + '/subnets/default'


def interface(world, path, location, subnet):
    world.must('PUT', path + VERSION, {'location': location, 'properties': {
        'ipConfigurations': [{'name': 'one', 'properties': {'subnet': {'id': subnet}}}]}})


def identities(world, block, location):
    """Makes the user-assigned identities that an identity block names."""
    for path in (block or {}).get('userAssignedIdentities') or {}:
        part = path.split('/')
        world.group(part[4], location)
        world.must('PUT', path + '?api-version=2023-01-31', {'location': location})


def request_of(machine):
    """The PUT that makes such a machine: what only Azure writes left out."""
    body = {key: copy.deepcopy(machine[key]) for key in ('location', 'tags', 'zones', 'plan')
            if machine.get(key) is not None}
    properties = copy.deepcopy(machine['properties'])
    for name in READ_ONLY:
        properties.pop(name, None)
    storage = properties.get('storageProfile', {})
    storage.get('imageReference', {}).pop('exactVersion', None)
    for disk in [storage.get('osDisk', {})] + storage.get('dataDisks', []):
        if isinstance(disk.get('managedDisk'), dict):
            disk['managedDisk'].pop('id', None)
    profile = properties.get('osProfile', {})
    profile.pop('requireGuestProvisionSignal', None)
    if 'windowsConfiguration' in profile:  # recorded names were replaced by longer ones
        profile['computerName'] = profile['computerName'][:15]
    linux = profile.get('linuxConfiguration', {})
    if linux.get('disablePasswordAuthentication') and not linux.get('ssh'):
        linux['disablePasswordAuthentication'] = False
    if profile and not linux.get('disablePasswordAuthentication'):
        profile['adminPassword'] = 'Pr4ctice!now'
    if machine.get('identity'):
        block = machine['identity']
        body['identity'] = {'type': block['type']}
        if 'UserAssigned' in block['type']:
            body['identity']['userAssignedIdentities'] = {one: {} for one in block['userAssignedIdentities']}
    body['properties'] = properties
    return body


def everything_for(world, machine):
    """Makes groups, interfaces and identities that the machine refers to."""
    location = machine['location']
    group = machine['id'].split('/')[4]
    world.group(group, location)
    subnet = None
    for reference in machine['properties'].get('networkProfile', {}).get('networkInterfaces', []):
        owner = reference['id'].split('/')[4]
        world.group(owner, location)
        subnet = subnet or network(world, owner, 'golden', location)
        interface(world, reference['id'], location, subnet)
    identities(world, machine.get('identity'), location)
    encryption = machine['properties'].get('securityProfile', {}).get('encryptionIdentity')
    if encryption:
        identities(world, {'userAssignedIdentities': {encryption['userAssignedIdentityResourceId']: {}}}, location)


def extensions(world, machine):
    for resource in machine.get('resources') or []:
        body = {'location': resource['location'], 'properties': dict(resource.get('properties') or {})}
        body['properties'].pop('provisioningState', None)
        path = machine['id'] + '/extensions/' + resource['name']
        world.must('PUT', path + VERSION, body)


def recreate(world, machine):
    """Makes the machine of a recorded answer, its extensions included."""
    machine = world.here(machine)
    everything_for(world, machine)
    body = request_of(machine)
    world.must('PUT', machine['id'] + VERSION, body)
    extensions(world, machine)
    return machine
