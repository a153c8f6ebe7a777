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
      - Whether to check TLS certificates. Use V(false) only for tests.
    type: bool
    default: true
  ca_path:
    description:
      - A file of CA certificates in PEM format, or a directory that OpenSSL's C(c_rehash) has prepared, to trust
        instead of the usual ones.
      - If not set, E(REQUESTS_CA_BUNDLE) and E(CURL_CA_BUNDLE) are used.
    type: path
  proxy:
    description:
      - The URL of an HTTP proxy, for example V(http://proxy.example.org:3128).
      - Special characters in the user name and the password must be percent-encoded, for example V(%40) for an at sign.
        An invalid URL is never shown.
      - If not set, E(HTTPS_PROXY) and E(NO_PROXY) are used. The same rules apply.
    type: str
  timeout:
    description:
      - How many seconds one attempt of a request may take, from looking up the host's name to the last byte of the
        answer. In addition, a connection to one address must be established within 10 seconds.
      - After a timeout, the module repeats the request if that is safe. The provider may still have made the change.
        The task reports this if it cannot find out.
    type: float
    default: 30
  deadline:
    description:
      - How many seconds the whole task may take, including repeated requests and waits that the provider asks for. It
        also ends a request in progress. The task reports what is not done by then, and another run can finish it.
    type: float
    default: 900
"""

    REGION = r"""
options:
  region:
    description:
      - The country of phone numbers in national format, such as V(070-123 45 67), as two letters (ISO 3166-1 alpha-2).
      - Without it, only numbers with a country code are accepted.
      - Put V(NO) for Norway in quotes, because YAML reads it as false without them.
    type: str
"""

    POLICY = r"""
options:
  policy:
    description:
      - The safety policy, which decides where calls may be sent. It is checked before the first write.
      - A number in O(policy.denied_numbers) is always refused. Otherwise, a number in O(policy.allowed_numbers) is
        always allowed. A number that is not valid in its country's numbering plan is allowed only if it is in
        O(policy.allowed_numbers).
      - SIP addresses and raw values are interpreted as a telephone system would dial them. If the country code is
        missing, O(region) applies.
      - A destination that does not change is never refused.
      - Entries of both lists are phone numbers, or prefixes with a trailing asterisk such as V(+46900*). Put them
        in quotes.
    type: dict
    suboptions:
      allow_premium:
        description:
          - Whether calls may go to premium-rate, shared-cost, personal and pager numbers, to satellite phones, and to
            international networks.
        type: bool
        default: false
      allow_raw:
        description:
          - Whether raw values that are not known to be harmless may be written. The rest of the policy applies to them
            as well.
        type: bool
        default: false
      allowed_countries:
        description:
          - The countries that calls may go to, as two letters each (ISO 3166-1 alpha-2). The default is all countries.
          - Put V(NO) for Norway in quotes, because YAML reads it as false without them.
        type: list
        elements: str
      allowed_numbers:
        description:
          - Numbers that calls may always go to, whatever their country and price.
        type: list
        elements: raw
      denied_numbers:
        description:
          - Numbers that calls may never go to.
        type: list
        elements: raw
"""
