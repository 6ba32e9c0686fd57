"""The whole table, by section."""

from typing import Final

from fault_case import Case
from fault_table_answers import ANSWERS
from fault_table_limits import LIMITS
from fault_table_network import NETWORK

SECTIONS: Final[dict[str, list[Case]]] = {**NETWORK, **ANSWERS, **LIMITS}
CASES: Final = [case for cases in SECTIONS.values() for case in cases]
