#!/usr/bin/env python3
"""Holds the bodies that azid answers to recorded ones: the same keys, the same types of values.

    run.py AZID SHARED [KIND...]    KIND: the beginning of one; all without

For every recording of a kind (its newest api-version) the recorded operation is brought about in a state of its own
and the answer compared by SHARED/golden/compare.py. Prints the lowest share of each kind. Exit status: 1 when a kind
that azid serves agrees to less than 99 %, or one is no longer answered; 77 when there is nothing to compare with.
"""
import glob
import importlib.util
import json
import os
import re
import shutil
import sys

import arm_kinds
import compute_kinds  # noqa: F401, its kinds add themselves to the list
import data_kinds  # noqa: F401
from world import NotServed, World

# What azid leaves out, and why.
ABSENT = {
    'arm-operationresult': 'answers of what-if and of long deletions: azid finishes before it answers',
    'compute-operation': 'azid finishes before it answers: there is no operation to ask for',
    'error-404-InvalidResourceType': 'the one recording holds a key of the recorder, encodedContent',
    'error-429': 'nothing is throttled',
    'keyvault-operationresult': 'a purge is over when it is answered',
    'kvdata-deletedsecret-delete-409': 'nothing is in the middle of being deleted',
    'kvdata-deletedsecret-recover-post-409': 'nothing is in the middle of being deleted',
    'kvdata-secret-put-409-Conflict-ObjectIsBeingDeleted': 'nothing is in the middle of being deleted',
    'kvdata-error-deleted': 'nothing is in the middle of being deleted',
    'kvdata-error-certificates': 'vaults here have no certificates',
    'subscriptions-list': 'the one recording shows a subscription that another tenant manages, which is not modelled',
    'vmdeployment-operationstatus-200-Accepted': 'a deployment runs as soon as it is accepted',
    'vm-retrievebootdiagnosticsdata': 'no machine writes a boot log',
    'vmss': 'no scale sets',
}


def recordings(folder):
    """Kind -> the recordings that count, as compare.py counts them."""
    found = {}
    for path in sorted(glob.glob(os.path.join(folder, '*.json'))):
        name = re.sub(r'\.\d+\.json$', '', os.path.basename(path))
        if not name.startswith('doc-'):
            with open(path, encoding='utf-8') as file:
                found.setdefault(name, []).append(json.load(file))
    for name, records in found.items():
        records[:] = [one for one in records if one.get('response_body') not in (None, '')]
        newest = max([one.get('api_version') or '' for one in records], default='')
        records[:] = [one for one in records if (one.get('api_version') or '') == newest]
    return found


def attempt(program, record, name):
    world = World(program)
    try:
        record = world.here(record)
        return arm_kinds.KINDS[name](world, dict(record, operation=name))
    finally:
        world.close()


def measure(program, compare, folder, name, records):
    """The worst of a kind's shares with what disagrees there; None with the reason where it is not answered."""
    worst = None
    for record in records:
        try:
            status, body = attempt(program, record, name)
        except NotServed as reason:
            return None, [str(reason)]
        expected = record['status']
        good, total, say, _ = compare.compare(name, body, folder) if body is not None else (0, 1, ['no body'], '')
        if (status >= 400) != (expected >= 400) or status >= 400 and status != expected:
            good, say = 0, ['status %d, recorded %d: %s' % (status, expected, json.dumps(body)[:300])]
        share = good / total if total else float(not say)
        if worst is None or share < worst[0]:
            worst = share, say
    return worst


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    program, shared, wanted = os.path.abspath(sys.argv[1]), sys.argv[2], sys.argv[3:]
    script = os.path.join(shared, 'golden', 'compare.py')
    folder = os.path.join(shared, 'golden', 'arm')
    if not os.path.exists(script):
        print('skipped: no recorded bodies at ' + folder)
        sys.exit(77)
    spec = importlib.util.spec_from_file_location('compare', script)
    compare = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(compare)
    low, unknown = [], []
    for name, records in recordings(folder).items():
        if not records or wanted and not any(name.startswith(one) for one in wanted):
            continue
        reason = next((text for start, text in ABSENT.items() if name.startswith(start)), None)
        if reason is not None:
            print('   not served  %s: %s' % (name, reason))
            continue
        if name not in arm_kinds.KINDS:
            unknown.append(name)
            continue
        share, say = measure(program, compare, folder, name, records)
        print('%s  %s' % ('  NO ANSWER  ' if share is None else '%10.1f %% ' % (100 * share), name))
        if share is None or share < 0.99:
            low.append(name)
            print('\n'.join('                 ' + line for line in say[:40]))
    if World.fresh:
        shutil.rmtree(World.fresh, ignore_errors=True)
    for name in unknown:
        print('   not tried   ' + name)
    if low or unknown:
        sys.exit('%d kinds disagree: %s' % (len(low) + len(unknown), ' '.join(low + unknown)))


if __name__ == '__main__':
    main()
