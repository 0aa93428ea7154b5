"""How to bring about what each kind of ARM recording holds."""
import machines

KINDS = {}


def kind(*names):
    def note(function):
        for name in names:
            KINDS[name] = function
        return function
    return note


def parts(record):
    """Group, type and name in the recording's URL."""
    words = record['url'].split('?')[0].split('/')
    return words[6], words[8] + '/' + words[9] if len(words) > 9 else '', words[10] if len(words) > 10 else ''


def again(world, record):
    return world.rest(record['method'], record['url'], record.get('request_body'))


# Groups, subscriptions, providers

@kind('rg-put-201', 'locations-list-200', 'subscriptions-list-200', 'tenants-list-200', 'mi-operations-list-get-200',
      'rg-get-404-ResourceGroupNotFound', 'error-404-SubscriptionNotFound', 'error-404-ResourceTypeNotSupported',
      'error-404-InvalidResourceType', 'vmsizes-list-200',
      'vmimage-7-get-200', 'vmimage-9-get-200', 'vmimage-11-get-200', 'vmimage-12-get-200', 'keyvault-get-404-ResourceNotFound',
      'net-networksecuritygroups-get-404', 'net-publicipaddresses-get-404', 'net-virtualnetworks-get-404',
      'vm-get-404-ResourceNotFound', 'error-404-ResourceGroupNotFound')
def plain(world, record):
    """Needs nothing, or a group at most."""
    words = record['url'].split('?')[0].split('/')
    lost = record['operation'] in ('rg-get-404-ResourceGroupNotFound', 'error-404-ResourceGroupNotFound', 'rg-put-201')
    if not lost and len(words) > 6 and words[5].lower() == 'resourcegroups':
        world.group(words[6])
    if record['operation'] == 'error-404-SubscriptionNotFound':
        return world.rest('GET', record['url'].replace(world.subscription, 'ffffffff-0000-0000-0000-000000000000'))
    return again(world, record)


@kind('provider-get-200', 'provider-register-post-200')
def provider(world, record):
    """A provider that azid serves, in place of whichever was recorded."""
    words = record['url'].split('?')[0].split('/')
    return world.rest(record['method'], record['url'].replace(words[6], 'Microsoft.Network'))


@kind('rg-put-200', 'rg-get-200', 'rg-patch-200')
def group(world, record):
    made = record['response_body']
    world.must('PUT', made['id'] + '?api-version=2024-11-01', {'location': made['location'], 'tags': made.get('tags') or {}})
    return again(world, record)


@kind('rg-list-200')
def groups(world, record):
    world.az('group', 'create', '-n', 'tagged', '-l', 'westus', '--tags', 'a=b')
    return again(world, record)


@kind('rg-delete-409-ScopeLocked')
def locked_group(world, record):
    world.group(parts(record)[0])
    world.az('lock', 'create', '-n', 'kept', '-g', parts(record)[0], '--lock-type', 'ReadOnly')
    return again(world, record)


@kind('rg-put-403-AuthorizationFailed', 'roleassignment-put-403-AuthorizationFailed')
def no_right(world, record):
    world.group(parts(record)[0])
    ann = world.user()
    world.sign_in(ann)
    return again(world, record)


@kind('error-403-AuthorizationFailed')
def no_right_at_all(world, record):
    world.sign_in(world.user())
    return world.rest('PUT', world.id('rg', 'Microsoft.ManagedIdentity/userAssignedIdentities', 'one')
                      + '?api-version=2023-01-31', {'location': 'westus'})


@kind('error-403-LinkedAuthorizationFailed', 'error-400-FailedIdentityOperation', 'error-400-LinkedInvalidPropertyId',
      'error-400-MissingIdentityIds', 'vm-put-400-LinkedInvalidPropertyId', 'error-400-InvalidRequestContent')
def refused_identity(world, record):
    """What goes wrong between a machine and a user-assigned identity, tried on a virtual machine."""
    world.group('rg')
    identity = world.id('rg', 'Microsoft.ManagedIdentity/userAssignedIdentities', 'one')
    machine = world.id('rg', 'Microsoft.Compute/virtualMachines', 'web') + '?api-version=2024-11-01'
    world.az('vm', 'create', '-g', 'rg', '-n', 'web', '--image', 'Ubuntu2204', '--admin-password', 'Pr4ctice!now')
    wanted = {'type': 'UserAssigned', 'userAssignedIdentities': {identity: {}}}
    operation = record['operation']
    if 'Linked' in operation and 'Invalid' in operation:
        wanted['userAssignedIdentities'] = {'one': {}}
    if 'MissingIdentityIds' in operation:
        wanted = {'type': 'UserAssigned'}
    if 'InvalidRequestContent' in operation:
        wanted.pop('type')
    if 'LinkedAuthorization' in operation:
        world.az('identity', 'create', '-g', 'rg', '-n', 'one')
        world.sign_in(world.user(role='Virtual Machine Contributor'))
    return world.rest('PATCH', machine, {'identity': wanted})


# Roles

@kind('roleassignment-put-201', 'roleassignment-get-200', 'roleassignment-delete-200', 'roleassignment-put-409-RoleAssignmentExists',
      'roleassignment-put-400-RoleAssignmentUpdateNotPermitted', 'roleassignment-put-400-PrincipalNotFound')
def assignment(world, record):
    """A role for a user on a group, in place of whatever the recording gave to whom on what."""
    world.group('rg')
    world.user(role='')
    person = world.az('ad', 'user', 'show', '--id', 'ann@contoso.onmicrosoft.com')['id']
    roles = '/subscriptions/%s/providers/Microsoft.Authorization/roleDefinitions/' % world.subscription
    body = {'properties': {'roleDefinitionId': roles + 'acdd72a7-3385-48ef-bd42-f606fba81ae7', 'principalId': person}}
    scope = '/subscriptions/%s/resourceGroups/rg/providers/Microsoft.Authorization/roleAssignments/' % world.subscription
    one = scope + '11111111-1111-4111-8111-111111111111?api-version=2022-04-01'
    other = scope + '22222222-2222-4222-8222-222222222222?api-version=2022-04-01'
    operation = record['operation']
    if operation.endswith('PrincipalNotFound'):
        body['properties']['principalId'] = '33333333-3333-4333-8333-333333333333'
        return world.rest('PUT', one, body)
    if operation.endswith('put-201'):
        return world.rest('PUT', one, body)
    world.must('PUT', one, body)
    if operation.endswith('RoleAssignmentExists'):
        return world.rest('PUT', other, body)
    if operation.endswith('UpdateNotPermitted'):
        body['properties']['principalId'] = world.az('ad', 'signed-in-user', 'show')['id']
        return world.rest('PUT', one, body)
    return world.rest(record['method'], one)


@kind('roleassignment-list-atscope-200', 'roleassignment-list-nofilter-200', 'roleassignment-list-principalid-200',
      'roleassignment-list-assignedto-200')
def assignments(world, record):
    me = world.az('ad', 'signed-in-user', 'show')['id']
    filters = {'atscope': '&$filter=atScope()', 'nofilter': '', 'principalid': "&$filter=principalId eq '%s'" % me,
               'assignedto': "&$filter=atScope() and assignedTo('%s')" % me}
    wanted = filters[record['operation'].split('-')[2]]
    return world.rest('GET', '/subscriptions/%s/providers/Microsoft.Authorization/roleAssignments?api-version=%s%s' % (
        world.subscription, record['api_version'], wanted))


@kind('roledefinition-put-201', 'roledefinition-get-200', 'roledefinition-delete-200', 'roledefinition-list-rolename-custom-200')
def definition(world, record):
    own = '/subscriptions/' + world.subscription
    path = own + '/providers/Microsoft.Authorization/roleDefinitions/44444444-4444-4444-8444-444444444444?api-version=2022-05-01-preview'
    body = {'properties': {'roleName': 'cli-test-role', 'description': 'One of our own.', 'assignableScopes': [own], 'permissions': [
        {'actions': ['Microsoft.Compute/*/read'], 'notActions': [], 'dataActions': ['Microsoft.Storage/*/read'],
         'notDataActions': ['Microsoft.Storage/*/write']}]}}
    made = world.rest('PUT', path, body)
    operation = record['operation']
    if operation.endswith('put-201'):
        return made
    if 'list' in operation:
        return world.rest('GET', path.split('/4444')[0] + "?$filter=roleName eq 'cli-test-role'&api-version=2022-05-01-preview")
    return world.rest(record['method'], path)


@kind('roledefinition-list-nofilter-200', 'roledefinition-list-rolename-builtin-200', 'roledefinition-list-rolename-empty-200',
      'roledefinition-list-rolename-200')
def definitions(world, record):
    named = {'builtin-200': 'Reader', 'empty-200': 'cli-test-role', '200': 'contributor'}
    tail = record['operation'].split('rolename-')
    wanted = "&$filter=roleName eq '%s'" % named[tail[1]] if len(tail) > 1 else ''
    return world.rest('GET', '/subscriptions/%s/providers/Microsoft.Authorization/roleDefinitions?api-version=2022-05-01-preview%s' % (
        world.subscription, wanted))


# Managed identities

@kind('uai-put-201', 'uai-put-200', 'uai-get-200', 'uai-list-get-200', 'uai-associated-post-200')
def identity(world, record):
    name = parts(record)[2] or 'one'
    place = parts(record)[0] if 'resourceGroups' in record['url'] or 'resourcegroups' in record['url'] else 'rg'
    world.group(place)
    path = world.id(place, 'Microsoft.ManagedIdentity/userAssignedIdentities', name) + '?api-version=2023-01-31'
    if record['operation'] != 'uai-put-201':
        world.must('PUT', path, {'location': 'westus'})
    if record['operation'] == 'uai-associated-post-200':
        world.az('vm', 'create', '-g', place, '-n', 'web', '--image', 'Ubuntu2204', '--admin-password', 'Pr4ctice!now',
                 '--assign-identity', name)
    return again(world, record)


def with_subject(properties):
    """A recorded trust; where it has claims matching, which azid refuses, a subject in its place."""
    kept = {key: value for key, value in properties.items() if key != 'claimsMatchingExpression'}
    return dict({'subject': 'app of ' + properties['issuer'] + str(len(str(properties)))}, **kept)


@kind('fic-put-201', 'fic-put-200', 'fic-get-200', 'fic-list-get-200')
def federated(world, record):
    words = record['url'].split('?')[0].split('/')
    world.group(words[6])
    world.az('identity', 'create', '-g', words[6], '-n', words[10])
    recorded = record['response_body']
    for made in recorded.get('value', [recorded]) if record['operation'] != 'fic-put-201' else []:
        world.must('PUT', '/' + '/'.join(words[3:11]) + '/federatedIdentityCredentials/' + made['name']
                   + '?api-version=2025-01-31-preview', {'properties': with_subject(made['properties'])})
    asked = record.get('request_body')
    return world.rest(record['method'], record['url'], asked and {'properties': with_subject(asked['properties'])})


# Network

@kind('net-networksecuritygroups-put-201', 'net-publicipaddresses-put-201', 'net-virtualnetworks-put-201',
      'net-networkinterfaces-put-201', 'net-networkinterfaces-put-200')
def put_network(world, record):
    world.group(parts(record)[0], record['request_body']['location'])
    linked(world, record['request_body'], record['request_body']['location'])
    if record['operation'].endswith('200'):
        again(world, record)
    return again(world, record)


@kind('net-networksecuritygroups-get-200', 'net-publicipaddresses-get-200', 'net-virtualnetworks-get-200',
      'net-networkinterfaces-get-200')
def get_network(world, record):
    made = record['response_body']
    world.group(parts(record)[0], made['location'])
    body = {key: made[key] for key in ('location', 'tags', 'sku', 'zones', 'properties') if key in made}
    linked(world, body, made['location'])
    machine = (body['properties'].pop('virtualMachine', None) or {}).get('id')
    user = body['properties'].pop('ipConfiguration', None)
    for name in ('subnets', 'securityRules'):
        for item in body['properties'].get(name, []):
            for part in ('id', 'etag', 'type'):
                item.pop(part, None)
    used = [item['name'] for item in body['properties'].get('subnets', []) if item['properties'].pop('ipConfigurations', None)]
    world.must('PUT', made['id'] + machines.VERSION, body)
    for subnet in used:
        machines.interface(world, world.id(parts(record)[0], 'Microsoft.Network/networkInterfaces', 'user-of-' + subnet),
                           made['location'], made['id'] + '/subnets/' + subnet)
    if user:
        use_address(world, parts(record)[0], made)
    if machine:
        image = ('--image', 'Ubuntu2204', '--admin-password', 'Pr4ctice!now')
        world.az('vm', 'create', '-g', machine.split('/')[4], '-n', machine.split('/')[8], '--nics', made['id'], *image)
    return again(world, record)


def use_address(world, place, address):
    subnet = machines.network(world, place, 'golden', address['location'])
    path = world.id(place, 'Microsoft.Network/networkInterfaces', 'user')
    world.must('PUT', path + machines.VERSION, {'location': address['location'], 'properties': {'ipConfigurations': [
        {'name': 'one', 'properties': {'subnet': {'id': subnet}, 'publicIPAddress': {'id': address['id']}}}]}})


def linked(world, body, location):
    """Makes what an interface refers to: subnets, addresses, security groups."""
    properties = body.get('properties', {})
    guard = properties.get('networkSecurityGroup')
    if guard:
        world.must('PUT', guard['id'] + machines.VERSION, {'location': location})
    for item in properties.get('ipConfigurations', []):
        subnet = item['properties'].get('subnet')
        if subnet:
            whole, name = subnet['id'].split('/subnets/')
            world.must('PUT', whole + machines.VERSION, {'location': location, 'properties': {
                'addressSpace': {'addressPrefixes': ['10.0.0.0/8']},
                'subnets': [{'name': name, 'properties': {'addressPrefix': '10.0.0.0/9'}}]}})
        address = item['properties'].get('publicIPAddress')
        if address:
            world.must('PUT', address['id'] + machines.VERSION, {'location': location, 'sku': {'name': 'Standard'},
                       'properties': {'publicIPAllocationMethod': 'Static'}})
        for lost in ('applicationSecurityGroups', 'loadBalancerBackendAddressPools', 'loadBalancerInboundNatRules'):
            item['properties'].pop(lost, None)


@kind('resources-list-200')
def resources(world, record):
    recorded = record['response_body']['value'][:5]
    for made in recorded or [{'id': '/x/x/x/rg', 'type': '', 'name': 'one', 'location': 'westus'}]:
        place = made['id'].split('/')[4]
        world.group(place)
        if made['type'] == 'Microsoft.Storage/storageAccounts':
            world.must('PUT', made['id'] + '?api-version=2023-01-01', {
                'location': made['location'], 'kind': made['kind'], 'sku': made['sku'], 'tags': made.get('tags') or {}})
        else:
            world.az('identity', 'create', '-g', place, '-n', made['name'].split('/')[0], '-l', made['location'])
    return again(world, record)
