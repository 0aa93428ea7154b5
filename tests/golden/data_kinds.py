"""How to bring about what each kind of recording of Microsoft Graph and of Key Vault holds."""
import json
import urllib.parse

from arm_kinds import kind, parts
from world import GRAPH

VAULT = '?api-version=2024-11-01'


def machine_identity(world):
    """A user-assigned identity with a certificate that was used; gives its principal's object id."""
    world.group('rg')
    world.az('identity', 'create', '-g', 'rg', '-n', 'one')
    world.az('vm', 'create', '-g', 'rg', '-n', 'web', '--image', 'Ubuntu2204', '--admin-password', 'Pr4ctice!now',
             '--assign-identity', 'one')
    world.az('token', 'get', '-g', 'rg', '-n', 'web', '--resource', 'https://vault.azure.net')
    return world.az('identity', 'show', '-g', 'rg', '-n', 'one')['principalId']


def application(world):
    """A service principal of an application; gives the object."""
    app = world.az('ad', 'app', 'create', '--display-name', 'golden')
    return world.az('ad', 'sp', 'create', '--id', app['appId'])


@kind('graph-me-200', 'graph-error-404-Request_ResourceNotFound', 'graph-sp-get-404-Request_ResourceNotFound',
      'graph-group-get-404-Request_ResourceNotFound', 'graph-sp-list-200-empty')
def asked(world, record):
    return world.rest(record['method'], record['url'], record.get('request_body'))


@kind('graph-users-list-200')
def users(world, record):
    world.user(role='')
    return world.rest('GET', GRAPH + "/users?$filter=userPrincipalName eq 'ann@contoso.onmicrosoft.com'")


@kind('graph-group-get-200', 'graph-memberof-get-200', 'graph-memberof-post-200')
def groups(world, record):
    group = world.az('ad', 'group', 'create', '--display-name', 'team', '--mail-nickname', 'team')['id']
    me = world.az('ad', 'signed-in-user', 'show')['id']
    world.az('ad', 'group', 'member', 'add', '--group', group, '--member-id', me)
    if record['operation'] == 'graph-group-get-200':
        return world.rest('GET', GRAPH + '/groups/' + group)
    if record['method'] == 'GET':
        return world.rest('GET', GRAPH + '/users/' + me + '/memberOf')
    return world.rest('POST', GRAPH + '/users/' + me + '/getMemberGroups', {'securityEnabledOnly': False})


@kind('graph-getbyids-200-mi', 'graph-sp-list-200-mi')
def managed_principal(world, record):
    principal = machine_identity(world)
    if record['method'] == 'POST':
        return world.rest('POST', GRAPH + '/directoryObjects/getByIds', {'ids': [principal]})
    named = world.az('identity', 'show', '-g', 'rg', '-n', 'one')['clientId']
    return world.rest('GET', GRAPH + "/servicePrincipals?$filter=servicePrincipalNames/any(c:c eq '%s')" % named)


@kind('graph-getbyids-200', 'graph-sp-get-200', 'graph-sp-list-200')
def application_principal(world, record):
    made = application(world)
    if record['method'] == 'POST':
        return world.rest('POST', GRAPH + '/directoryObjects/getByIds', {'ids': [made['id']]})
    if record['operation'] == 'graph-sp-get-200':
        return world.rest('GET', GRAPH + '/servicePrincipals/' + made['id'])
    return world.rest('GET', GRAPH + "/servicePrincipals?$filter=displayName eq 'golden'")


@kind('graph-applications-list-200')
def applications(world, record):
    app = world.az('ad', 'app', 'create', '--display-name', 'golden')
    return world.rest('GET', GRAPH + "/applications?$filter=appId eq '%s'" % app['appId'])


@kind('graph-sp-list-403-Authorization_RequestDenied')
def directory_refused(world, record):
    """A managed identity may not look around in the directory."""
    machine_identity(world)
    token = world.az('token', 'get', '-g', 'rg', '-n', 'web', '--resource', 'https://graph.microsoft.com')['access_token']
    return world.rest('GET', record['url'], headers=['Authorization=Bearer ' + token])


# Vaults as ARM resources

def vault_body(world, made):
    """The PUT of a recorded vault: its policies for people who are here."""
    body = {key: made[key] for key in ('location', 'tags', 'properties') if key in made}
    body['properties'] = dict(body['properties'], tenantId=world.tenant)
    for policy in body['properties'].get('accessPolicies', []):
        policy['tenantId'] = world.tenant
    for name in ('provisioningState', 'privateEndpointConnections', 'networkAcls', 'hsmPoolResourceId', 'createMode'):
        body['properties'].pop(name, None)
    return body


@kind('keyvault-put-200', 'keyvault-get-200', 'keyvault-list-get-200')
def vault(world, record):
    made = record['response_body']
    if record['operation'] == 'keyvault-list-get-200':
        world.group(parts(record)[0])
    for one in made.get('value', [made]):
        world.group(one['id'].split('/')[4])
        world.must('PUT', one['id'] + VAULT, vault_body(world, one))
    if record['method'] == 'GET':
        return world.rest('GET', record['url'])
    return world.rest('PUT', made['id'] + VAULT, vault_body(world, made))


@kind('keyvault-deletedvault-get-200', 'keyvault-deletedvaults-list-get-200')
def deleted_vault(world, record):
    world.group('rg')
    protected = ['--enable-purge-protection', 'true'] if 'list' in record['operation'] else []
    world.az('keyvault', 'create', '-g', 'rg', '-n', 'kv-golden', '-l', 'westus', *protected)
    world.az('keyvault', 'delete', '-g', 'rg', '-n', 'kv-golden')
    below = '/locations/westus/deletedVaults/kv-golden' if 'list' not in record['operation'] else '/deletedVaults'
    return world.rest('GET', '/subscriptions/%s/providers/Microsoft.KeyVault%s%s' % (world.subscription, below, VAULT))


# What is in a vault

def secrets(world, *more):
    """A vault whose secrets the signed-in user may use; gives its address."""
    world.group('rg')
    world.az('keyvault', 'create', '-g', 'rg', '-n', 'kv-golden', '-l', 'westus', '--enable-rbac-authorization', 'false', *more)
    me = world.az('ad', 'signed-in-user', 'show')['id']
    world.az('keyvault', 'set-policy', '-n', 'kv-golden', '--object-id', me, '--secret-permissions', 'all', 'purge')
    return 'https://kv-golden.vault.azure.net'


def data(world, record, path):
    query = urllib.parse.urlsplit(record['url']).query or 'api-version=7.4'
    return world.rest(record['method'], 'https://kv-golden.vault.azure.net' + path + '?' + query, record.get('request_body'))


def path_of(record):
    return urllib.parse.urlsplit(record['url']).path


@kind('kvdata-secret-put-200')
def put_secret(world, record):
    secrets(world)
    return data(world, record, path_of(record))


@kind('kvdata-secret-get-200', 'kvdata-secret-patch-200', 'kvdata-secret-delete-200', 'kvdata-secret-backup-post-200',
      'kvdata-secret-version-get-200', 'kvdata-secret-versions-list-get-200', 'kvdata-secrets-list-get-200')
def kept_secret(world, record):
    host = secrets(world)
    name = path_of(record).split('/')[2] if len(path_of(record).split('/')) > 2 else 'one'
    path = path_of(record)
    made = world.must('PUT', host + '/secrets/' + name + '?api-version=7.4', {
        'value': 'a', 'contentType': 'text', 'tags': {'file-encoding': 'utf-8'}})
    if 'version-get' in record['operation'] or ('patch' in record['operation'] and path.strip('/').count('/') == 2):
        path = made['id'][len(host):]
    return data(world, record, path)


@kind('kvdata-secret-restore-post-200')
def restored(world, record):
    host = secrets(world)
    world.must('PUT', host + '/secrets/one?api-version=7.4', {'value': 'a', 'contentType': 'text', 'tags': {'a': 'b'}})
    kept = world.must('POST', host + '/secrets/one/backup?api-version=7.4')['value']
    world.must('DELETE', host + '/secrets/one?api-version=7.4')
    world.rest('DELETE', host + '/deletedsecrets/one?api-version=7.4')
    return world.rest('POST', host + '/secrets/restore?api-version=7.4', {'value': kept})


@kind('kvdata-deletedsecret-recover-post-200', 'kvdata-deletedsecrets-list-get-200',
      'kvdata-secret-put-409-Conflict-ObjectIsDeletedButRecoverable')
def deleted_secret(world, record):
    host = secrets(world)
    name = path_of(record).split('/')[2] if len(path_of(record).split('/')) > 2 else 'one'
    world.must('PUT', host + '/secrets/' + name + '?api-version=7.4', {'value': 'a', 'tags': {'file-encoding': 'utf-8'}})
    world.must('DELETE', host + '/secrets/' + name + '?api-version=7.4')
    return data(world, record, path_of(record))


@kind('kvdata-secret-get-404-SecretNotFound', 'kvdata-error-keys-404-KeyNotFound',
      'kvdata-deletedsecret-recover-post-400-MethodNotAllowed-RequestNotAllowedOnNonDeletedObject')
def no_secret(world, record):
    host = secrets(world)
    me = world.az('ad', 'signed-in-user', 'show')['id']
    world.az('keyvault', 'set-policy', '-n', 'kv-golden', '--object-id', me, '--key-permissions', 'all')
    if 'recover' in record['operation']:
        world.must('PUT', host + '/secrets/secret1?api-version=7.4', {'value': 'a'})
    return data(world, record, path_of(record))


@kind('kvdata-secret-put-403-Forbidden-ForbiddenByRbac')
def refused_secret(world, record):
    world.group('rg')
    world.az('keyvault', 'create', '-g', 'rg', '-n', 'kv-golden', '-l', 'westus')
    return data(world, record, path_of(record))


@kind('kvdata-401-challenge-secrets', 'kvdata-401-challenge-other')
def challenge(world, record):
    world.group('rg')
    world.az('keyvault', 'create', '-g', 'rg', '-n', 'kv-golden', '-l', 'westus')
    code, _, err = world.run('rest', '--method', record['method'].lower(), '--url',
                             'https://kv-golden.vault.azure.net' + path_of(record) + '?api-version=7.4',
                             '--skip-authorization-header')
    text = err[err.index('(') + 1:err.rindex(')')] if code and '(' in err else '{}'
    return 401, json.loads(text)
