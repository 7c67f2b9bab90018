"""A mail server in a process of its own, which writes down each mail it takes: «Message-ID recipient», one a line."""

import asyncio
import os
import sys
from email import message_from_bytes

from aiosmtpd.smtp import SMTP


class Postkontor:
    def __init__(self, bok: str, pause: float) -> None:
        self.bok, self.pause = os.open(bok, os.O_WRONLY | os.O_APPEND | os.O_CREAT), pause

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802 - aiosmtpd's own name
        await asyncio.sleep(self.pause)
        nummer = message_from_bytes(envelope.content)["Message-ID"]
        os.write(self.bok, f"{nummer} {envelope.rcpt_tos[0]}\n".encode())
        return "250 OK"


async def main(port: str, bok: str, pause: str) -> None:
    kontor = Postkontor(bok, float(pause))
    lokke = asyncio.get_running_loop()
    tjener = await lokke.create_server(lambda: SMTP(kontor, hostname="prove"), "127.0.0.1", int(port))
    print("klar", flush=True)
    await tjener.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
