#!/usr/bin/env python3
"""A server whose disk fills up, and one whose file is deleted: server_faults.py AZID [--small]. Writers make groups over
the wire all the while. No group whose making the server confirmed may be missing afterwards; what it cannot do it
answers with 500 and the reason; and when there is room again it goes on by itself. Needs a mount namespace of its own,
for a disk of 4 MB, and is skipped where there is none."""
import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time

from support import Folder, azid, rows_of, small

if "--inside" not in sys.argv:
    if subprocess.run(["unshare", "--mount", "true"], capture_output=True).returncode != 0:
        print("skipped: no mount namespace is to be had")
        sys.exit(77)
    os.execvp("unshare", ["unshare", "--mount", sys.executable, "-B", *sys.argv, "--inside"])

wanted = 100 if small else 1000
writers = 8


class Served:
    """A server on the folder's state, and writers who note what it confirmed and what it refused."""

    def __init__(self, folder):
        self.folder = folder
        self.token = json.loads(folder.run("account", "get-access-token"))
        self.server = subprocess.Popen([azid, "serve", "--listen", "127.0.0.1:0"], env=folder.environment(),
                                       stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.port = int(json.loads(self.server.stdout.readline())["listen"].rpartition(":")[2])
        self.confirmed, self.refused, self.stop = [], [], False
        self.threads = [threading.Thread(target=self.write, args=(number,)) for number in range(writers)]
        for thread in self.threads:
            thread.start()

    def write(self, number):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        place = f"/subscriptions/{self.token['subscription']}/resourcegroups/"
        turn = 0
        while not self.stop:
            turn += 1
            name = f"g{number}-{turn}"
            try:
                connection.request("PUT", f"{place}{name}?api-version=2024-03-01", body=json.dumps(
                    {"location": "westeurope", "tags": {"filling": "x" * 200}}), headers={
                        "Host": "management.azure.com", "Authorization": "Bearer " + self.token["accessToken"],
                        "Content-Type": "application/json"})
                answer = connection.getresponse()
                text = answer.read().decode()
            except (OSError, http.client.HTTPException) as problem:
                self.refused.append((0, repr(problem)))
                return
            if answer.status in (200, 201):
                self.confirmed.append(name)
            else:
                self.refused.append((answer.status, text))
                time.sleep(0.01)

    def until(self, condition, what):
        latest = time.monotonic() + 100
        while not condition():
            assert time.monotonic() < latest and self.server.poll() is None, \
                f"{what}: {len(self.confirmed)} confirmed, refused: {self.refused[-1:]}, ended: {self.server.poll()}"
            time.sleep(0.005)

    def end(self):
        self.stop = True
        for thread in self.threads:
            thread.join()
        self.server.send_signal(signal.SIGTERM)
        assert self.server.wait(30) == 0, self.server.stderr.read()


def disk_fills_up(folder):
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m,mode=700", "none", folder.path], check=True)
    folder.run("group", "list")
    served = Served(folder)
    try:
        served.until(lambda: len(served.confirmed) > wanted // 4, "before")
        filler = folder.path + "/filler"
        with open(filler, "wb", buffering=0) as file:
            try:
                while True:
                    file.write(b"x" * 4096)
            except OSError:
                pass
        served.until(lambda: len(served.refused) > 20, "full")
        full = len(served.confirmed)
        os.unlink(filler)
        served.until(lambda: len(served.confirmed) > full + wanted // 4, "room again")
    finally:
        served.end()
    wrong = [one for one in served.refused if one[0] != 500 or "No space is left" not in one[1]]
    assert not wrong, wrong[:3]
    assert_there(folder, served)
    subprocess.run(["umount", folder.path], check=True)
    return served


def assert_there(folder, served):
    there = {row[1] for row in rows_of(folder.state)["resource_groups"]}
    lost = set(served.confirmed) - there
    assert not lost, f"{len(lost)} of {len(served.confirmed)} confirmed groups are lost: {sorted(lost)[:5]}"


def file_is_deleted(folder):
    folder.run("group", "list")
    served = Served(folder)
    kept = folder.path + "/moved.db"
    try:
        served.until(lambda: len(served.confirmed) > wanted // 4, "before")
        os.rename(folder.state, kept)  # the log lies under the old name: it is needed with the file
        for end in ("-wal", "-shm"):
            os.rename(folder.state + end, kept + end)
        served.until(lambda: len(served.refused) > 20, "deleted")
        count = len(served.confirmed)
        served.until(lambda: len(served.refused) > 60, "deleted")
        assert len(served.confirmed) == count, "confirms what nobody will see"
    finally:
        served.end()
    wrong = [one for one in served.refused if one[0] != 500 or "moved or deleted" not in one[1]]
    assert not wrong, wrong[:3]
    assert not os.path.exists(folder.state), "a new file was made under the server's clients"
    folder.state = kept
    assert_there(folder, served)
    return served


with Folder() as folder:
    served = disk_fills_up(folder)
    print(f"disk full under {writers} writers: {len(served.refused)} refused with the reason, "
          f"{len(served.confirmed)} confirmed before and after, none lost")
with Folder() as folder:
    served = file_is_deleted(folder)
    print(f"file deleted under {writers} writers: {len(served.refused)} refused with the reason, none of the "
          f"{len(served.confirmed)} confirmed before is lost")
