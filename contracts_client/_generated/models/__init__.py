# Generated from openapi.yaml and custom_templates by `make generate`. Do not edit: change those, then generate again.
"""The models, one module a schema."""

from .claim import Claim
from .claim_personnel_ticket_request import ClaimPersonnelTicketRequest
from .consumption import Consumption
from .consumption_validation import ConsumptionValidation
from .contract import Contract
from .contract_consumer import ContractConsumer
from .contract_page import ContractPage
from .contract_status import ContractStatus
from .error_body import ErrorBody
from .localized_text import LocalizedText
from .loyalty_program import LoyaltyProgram
from .loyalty_program_type import LoyaltyProgramType
from .order_line_event import OrderLineEvent
from .policy import Policy
from .total_amount import TotalAmount
from .transaction import Transaction
from .validate_consumption_request import ValidateConsumptionRequest

__all__ = [
    "Claim",
    "ClaimPersonnelTicketRequest",
    "Consumption",
    "ConsumptionValidation",
    "Contract",
    "ContractConsumer",
    "ContractPage",
    "ContractStatus",
    "ErrorBody",
    "LocalizedText",
    "LoyaltyProgram",
    "LoyaltyProgramType",
    "OrderLineEvent",
    "Policy",
    "TotalAmount",
    "Transaction",
    "ValidateConsumptionRequest",
]
