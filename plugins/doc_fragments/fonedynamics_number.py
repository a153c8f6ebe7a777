# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.office.telephony.plugins.plugin_utils._docs import listed


class ModuleDocFragment:
    """The options of a Fone Dynamics number: of its own module, and of an item in a list."""

    DOCUMENTATION = r"""
options:
  number:
    description:
      - A phone number of the account, in any common format. Put it in quotes, because YAML reads an unquoted number as
        an integer and drops its leading plus or zero.
      - The national format needs O(region). With V(AU), this includes V(13 12 34), V(1300 975 707) and V(1800 975 707).
    type: raw
    required: true
  friendly_name:
    description:
      - A label of your choice.
      - An empty string clears it.
    type: str
  address:
    description:
      - The address that the number is registered with, by its exact friendly name or by AddressSid. If several
        addresses have this name, use the AddressSid.
      - It cannot be cleared.
    type: str
  attribution_source:
    description:
      - The marketing source that calls to this number are attributed to.
      - An empty string clears it.
    type: str
  attribution_medium:
    description:
      - The marketing medium that calls to this number are attributed to.
      - An empty string clears it.
    type: str
  attribution_campaign:
    description:
      - The marketing campaign that calls to this number are attributed to.
      - An empty string clears it.
    type: str
  attribution_content:
    description:
      - The marketing content that calls to this number are attributed to.
      - An empty string clears it.
    type: str
  routing_method:
    description:
      - Whether calls go to O(endpoint_number) or to O(flow).
      - It cannot be cleared.
    type: str
    choices: [endpoint, flow]
  endpoint_number:
    description:
      - The phone number that calls go to, in any common format and in quotes. The O(policy) must allow it.
      - If the number is not routed to an endpoint, set it together with O(routing_method). It cannot be cleared.
      - Fone Dynamics may require one for a flow as well. In that case, the module sends what is set here.
    type: raw
  flow:
    description:
      - The flow that calls go to, by its exact name or by ConfigId. It must belong to the same property as the number.
        If several flows have this name, use the ConfigId.
      - If the number is not routed to a flow, set it together with O(routing_method). It cannot be cleared.
    type: str
  recording:
    description:
      - Whether calls are recorded. V(call) records whole calls, V(off) stops recording.
    type: str
    choices: ['off', call]
  send_sms_from:
    description:
      - The sender of forwarded text messages. This is a phone number in quotes, or a sender id of up to 11 letters,
        digits and blanks.
      - An empty string clears it.
    type: raw
  send_sms_to:
    description:
      - The phone number that incoming text messages are forwarded to, in any common format and in quotes. The O(policy)
        must allow it.
      - An empty string clears it.
    type: raw
  send_email_from:
    description:
      - The sender of the e-mails that forward incoming text messages.
      - An empty string clears it.
    type: str
  send_email_to:
    description:
      - The e-mail address that incoming text messages are forwarded to.
      - An empty string clears it.
    type: str
  webhook_url:
    description:
      - The URL that Fone Dynamics calls for each incoming text message.
      - An empty string clears it.
    type: str
  webhook_method:
    description:
      - How O(webhook_url) is called. It needs such a URL, set here or earlier.
    type: str
    choices: [GET, POST]
  delivery_receipt_webhook_url:
    description:
      - The URL that Fone Dynamics calls with delivery receipts.
      - An empty string clears it.
    type: str
  delivery_receipt_webhook_method:
    description:
      - How O(delivery_receipt_webhook_url) is called. It needs such a URL, set here or earlier.
    type: str
    choices: [GET, POST]
"""

    LISTED: str = listed("numbers", DOCUMENTATION)
