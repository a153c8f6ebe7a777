# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """Options that all providers share."""

    DOCUMENTATION = r"""
options:
  validate_certs:
    description:
      - Whether TLS certificates are checked. V(false) is for tests only.
    type: bool
    default: true
  ca_path:
    description:
      - A file of CA certificates in PEM format, or a directory of them as OpenSSL's C(c_rehash) prepares it, to
        trust instead of the usual ones.
      - When not set, E(REQUESTS_CA_BUNDLE) and E(CURL_CA_BUNDLE) are honoured.
    type: path
  proxy:
    description:
      - The URL of an HTTP proxy, for example V(http://proxy.example.org:3128).
      - Special characters in a user name and a password before the host must be percent-encoded, for example V(%40) for
        an at sign. A URL that is refused is never shown.
      - When not set, E(HTTPS_PROXY) and E(NO_PROXY) are honoured; the same rules apply.
    type: str
  timeout:
    description:
      - How many seconds one attempt of a request may take, from looking up the host's name to the last byte of the
        answer, however steadily that comes in. A connection to one address must come up within 10 seconds as well.
      - After a time-out the request is repeated where that is safe. A write may still have been carried out,
        which is reported if it cannot be found out.
    type: float
    default: 30
  deadline:
    description:
      - How many seconds the whole task may take, with all repeated requests and all waiting that the provider asks
        for. It ends a request that is under way too. What is not done by then is reported and can be finished by
        running again.
    type: float
    default: 900
"""

    REGION = r"""
options:
  region:
    description:
      - The country in which phone numbers in national spelling such as V(070-123 45 67) are read, as two letters
        (ISO 3166-1 alpha-2).
      - Without it, only numbers with their country code are accepted.
      - Put V(NO) for Norway in quotes, because YAML reads it as false without them.
    type: str
"""

    POLICY = r"""
options:
  policy:
    description:
      - The safety policy, which decides where calls may be sent. It is checked before anything is written.
      - A number in O(policy.denied_numbers) is always refused, one in O(policy.allowed_numbers) otherwise always
        passes. A number that is not valid in its country's numbering plan passes only if O(policy.allowed_numbers)
        has it.
      - SIP addresses and raw values are read as a telephone system could dial them. Where the country code is
        missing, O(region) counts.
      - A destination that an object has already and that does not change is never refused.
      - Entries of both lists are phone numbers, or prefixes with a trailing asterisk such as V(+46900*). Put them
        in quotes.
    type: dict
    suboptions:
      allow_premium:
        description:
          - Whether calls may be sent to premium-rate, shared-cost, personal and pager numbers, to satellite phones,
            and to international networks.
        type: bool
        default: false
      allow_raw:
        description:
          - Whether raw values may be written of a kind that is not known to be harmless. What they contain must pass
            the rest of the policy all the same.
        type: bool
        default: false
      allowed_countries:
        description:
          - The countries that calls may be sent to, as two letters each (ISO 3166-1 alpha-2). When not set, all
            countries.
          - Put V(NO) for Norway in quotes, because YAML reads it as false without them.
        type: list
        elements: str
      allowed_numbers:
        description:
          - Numbers that calls may be sent to whatever their country and price.
        type: list
        elements: raw
      denied_numbers:
        description:
          - Numbers that calls are never sent to.
        type: list
        elements: raw
"""
