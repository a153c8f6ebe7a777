# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Forms of SMS Partner's answers (docs/providers/smspartner.md 4.2 and 5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.messages import Answer, json_answer

_MESSAGES = {
    1: ("name is required", "name est obligatoire"),
    5: ("virtual number is required", "le numéro virtuel est obligatoire"),
    6: ("type is required", "le type est obligatoire"),
    7: ("type is not valid", "le type est invalide"),
    8: ("param is required", "param est obligatoire"),
    9: ("email is not valid", "l'email est invalide"),
    10: ("API key is required", "La clé API est requise"),
    12: ("forwarding number is not valid", "le numéro de transfert est invalide"),
    13: ("virtual number unknown", "numéro virtuel inconnu"),
    14: ("call forwarding is not enabled", "le transfert d'appel n'est pas activé"),
    15: ("number is disabled", "le numéro est désactivé"),
    16: ("call forwarding already enabled", "transfert d'appel déjà activé"),
    17: ("voicemail already enabled", "messagerie vocale déjà activée"),
    18: ("call forwarding already disabled", "transfert d'appel déjà désactivé"),
    20: ("account deactivated", "compte désactivé"),
    30: ("account blocked", "compte bloqué"),
    40: ("API access denied", "accès à l'API refusé"),
    90: ("malformed JSON", "JSON mal formé"),
    96: ("IP address not authorised", "adresse IP non autorisée"),
    404: ("not found", "introuvable"),
    405: ("method not allowed", "méthode non autorisée"),
    429: ("too many requests", "trop de requêtes"),
}
_DONE = (
    ("Callforward disabled", "Transfert désactivé"),
    ("Callforward enabled", "Transfert activé"),
    ("Voicemail enabled", "Messagerie activée"),
)


class Failure(Exception):
    """A refused request; nothing was changed. `text_of`: the code whose message is sent instead (5.1)."""

    def __init__(self, code: int, text_of: int | None = None) -> None:
        super().__init__(str(code))
        self.code = code
        self.text_of = code if text_of is None else text_of


@dataclass(frozen=True)
class Success:
    """A request that was carried out: its code, and the type that was set."""

    code: int
    kind: int


def success(done: Success, switches: Mapping[str, str | int]) -> Answer:
    """The answer to a request that was carried out; it echoes nothing (4.2)."""
    message = _DONE[done.kind][switches["language"] == "fr"]
    return json_answer({"success": True, "code": done.code, "message": message})


def failure(refused: Failure, switches: Mapping[str, str | int], status: int | None = None) -> Answer:
    """The answer to a refused request; `status`: HTTP status where the switch does not decide."""
    texts = _MESSAGES.get(refused.text_of, ("refused", "refusé"))
    document = {"success": False, "code": refused.code, "message": texts[switches["language"] == "fr"]}
    return json_answer(document, int(switches["error_http_status"]) if status is None else status)
