"""The organisations and loyalty programs of the data set."""

from __future__ import annotations

from .store import Organisation, Program

ORGANISATIONS = (
    Organisation(1, "RUT", "Ruter"),
    Organisation(4, "SKY", "Skyss"),
    Organisation(7, "ATB", "AtB"),
    Organisation(12, "KOL", "Kolumbus"),
)


def _program(id_: str, type_: str, norwegian: tuple[str, str], english: tuple[str, str]) -> Program:
    return Program(id_, type_, (("nob", *norwegian), ("eng", *english)))


CUSTOMER_CARD = _program(
    "lp-customer-card",
    "TIMED",
    ("Kundekort", "Rabatt på enkeltbilletter så lenge kortet gjelder"),
    ("Customer card", "A discount on single tickets while the card is valid"),
)
STUDENT_CARD = _program(
    "lp-student-card",
    "TIMED",
    ("Studentkort", "Studentpris i studieåret"),
    ("Student card", "Student fares through the academic year"),
)
FAMILY_CARD = _program(
    "lp-family-card",
    "TIMED",
    ("Familiekort", "Felles rabatt for inntil seks reisende"),
    ("Family card", "A discount that up to six travellers share"),
)
TEN_DAYS = _program(
    "lp-ten-days",
    "COUPONS",
    ("Ti dagskuponger", "Ti reisedager på ett år, hver på 24 timer"),
    ("Ten day coupons", "Ten days of travel within a year, 24 hours each"),
)
COUPON_DAY = _program(
    "lp-coupon-day",
    "TIMED",
    ("Dagskupong i bruk", "Ett døgn fra et kupongkort"),
    ("Day coupon in use", "One day out of a coupon card"),
)
GIFT_CARD = _program(
    "lp-gift-card",
    "POINTS",
    ("Gavekort", "Kroner å reise for"),
    ("Gift card", "Kroner to travel for"),
)
PERSONNEL_PRIVATE = _program(
    "lp-personnel-private",
    "TIMED",
    ("Personalbillett privat", "Ansattes egne reiser"),
    ("Personnel ticket, private", "Employees' own journeys"),
)
PERSONNEL_WORK = _program(
    "lp-personnel-work",
    "TIMED",
    ("Personalbillett tjeneste", "Ansattes reiser i tjenesten"),
    ("Personnel ticket, work", "Employees' journeys on duty"),
)
