"""A state of its own for one recorded operation, and the built program at work on it."""
import json
import os
import re
import shutil
import sqlite3
import subprocess
import tempfile

ARM = 'https://management.azure.com'
GRAPH = 'https://graph.microsoft.com/v1.0'
ZERO = '00000000-0000-0000-0000-000000000000'
STATUS = {'Bad Request': 400, 'Unauthorized': 401, 'Forbidden': 403, 'Not Found': 404, 'Method Not Allowed': 405,
          'Conflict': 409, 'Gone': 410, 'Length Required': 411, 'Precondition Failed': 412,
          'Unsupported Media Type': 415, 'Too Many Requests': 429, 'Internal Server Error': 500,
          'Not Implemented': 501, 'Service Unavailable': 503}


class NotServed(Exception):
    """azid does not have what the recorded operation needs."""


class World:
    fresh = None  # a folder with a new state, copied for each world

    def __init__(self, program):
        self.program = program
        self.folder = tempfile.mkdtemp(prefix='azid-golden-')
        if World.fresh is None:
            self.az('state', 'show')
            World.fresh = tempfile.mkdtemp(prefix='azid-golden-')
            shutil.copy(os.path.join(self.folder, 'state.db'), World.fresh)
        else:
            shutil.copy(os.path.join(World.fresh, 'state.db'), self.folder)
        self.subscription = self.az('account', 'show')['id']
        self.tenant = self.az('account', 'show')['tenantId']

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, *words):
        """The exit code and both outputs of a command."""
        setting = {'AZID_STATE': os.path.join(self.folder, 'state.db'), 'HOME': self.folder,
                   'PATH': os.environ['PATH'], 'TZ': 'UTC'}
        done = subprocess.run([self.program, *words], env=setting, text=True, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        return done.returncode, done.stdout, done.stderr

    def az(self, *words):
        """What a command that must succeed prints, read as JSON."""
        code, out, err = self.run(*words, '-o', 'json', '--only-show-errors')
        if code != 0:
            raise NotServed('azid ' + ' '.join(words)[:120] + ': ' + err.strip()[:300])
        return json.loads(out) if out.strip() else None

    def operations(self, kind):
        """The ids of the long-running operations on things of a kind."""
        with sqlite3.connect(os.path.join(self.folder, 'state.db')) as state:
            return [row[0] for row in state.execute("SELECT id FROM operations WHERE target LIKE '%/' || ? || '/%'", (kind,))]

    def id(self, group, kind, name):
        return '/subscriptions/%s/resourceGroups/%s/providers/%s/%s' % (self.subscription, group, kind, name)

    def here(self, value):
        """Recorded text or JSON with the recorded subscription's id replaced by that of the world, and without
        the place in a list, which only who gave the list knows."""
        if isinstance(value, str):
            value = re.sub(r'(?i)&(?:\$|%24)skiptoken=[^&]*', '', value)
            value = re.sub(r'(?i)(/subscriptions/)[0-9a-f-]{36}', r'\g<1>' + self.subscription, value)
            return value.replace(ZERO, self.subscription)
        if isinstance(value, list):
            return [self.here(one) for one in value]
        if isinstance(value, dict):
            return {self.here(key): self.here(one) for key, one in value.items()}
        return value

    def rest(self, method, url, body=None, headers=()):
        """The status and the body that a face answers. A URL without host is ARM's."""
        words = ['rest', '--method', method.lower(), '--url', url if '://' in url else ARM + url, '--only-show-errors']
        if body is not None:
            words += ['--body', body if isinstance(body, str) else json.dumps(body)]
        if headers:
            words += ['--headers', *headers]
        elif '.vault.azure.net' in url:
            words += ['--resource', 'https://vault.azure.net']
        code, out, err = self.run(*words)
        if code == 0:
            return 200, json.loads(out) if out.strip() else None
        refusal = re.match(r'ERROR: ([A-Z][A-Za-z ]+?)(?:\((.*)\))?\s*$', err, re.S)
        if not refusal or refusal.group(1) not in STATUS:
            raise NotServed('%s %s: %s' % (method, url[-140:], err.strip()[:300]))
        return STATUS[refusal.group(1)], json.loads(refusal.group(2)) if refusal.group(2) else None

    def must(self, method, url, body=None):
        """The body of a request that has to succeed."""
        status, answer = self.rest(method, url, body)
        if status >= 400:
            raise NotServed('%s %s: %s' % (method, url[-140:], json.dumps(answer)[:300]))
        return answer

    def group(self, name, location='westus'):
        self.az('group', 'create', '-n', name, '-l', location)

    def user(self, name='ann', role='Reader'):
        """A user with the role on the subscription."""
        principal = name + '@contoso.onmicrosoft.com'
        self.az('ad', 'user', 'create', '--display-name', name, '--user-principal-name', principal, '--password',
                'Pr4ctice!now')
        if role:
            self.az('role', 'assignment', 'create', '--assignee', principal, '--role', role, '--scope',
                    '/subscriptions/' + self.subscription)
        return principal

    def sign_in(self, principal):
        self.az('login', '--as', principal)
