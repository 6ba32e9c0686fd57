"""Faults that one case can't show, and the tests that show them: by row, the file and the name of each test."""

from typing import Final

HERE: Final = "tests/faults/"
CONNECTIONS: Final = f"{HERE}test_connections.py"
PROXIES: Final = f"{HERE}test_proxy_faults.py"
TOKENS: Final = f"{HERE}test_token_faults.py"
LIMITS: Final = f"{HERE}test_limit_faults.py"
HERD: Final = "tests/retries/test_herd.py"
REFUSALS: Final = "tests/retries/test_refusals.py"
TOLD: Final = "tests/retries/test_limits_told.py"
INJECTION: Final = f"{HERE}test_injection.py"
TABLE: Final = f"{HERE}test_fault_table.py"
CACHE: Final = "tests/unit/test_token_cache.py"
PRIVACY: Final = "tests/client/test_privacy.py"
TRANSPORT: Final = "tests/transport/test_transport_choice.py"

TESTS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "proxy variables": (
        (PROXIES, "test_an_environment_proxy_carries_calls"),
        (PROXIES, "test_a_proxy_refusal_is_a_passing_fault"),
        (PROXIES, "test_a_fault_names_proxy_or_server"),
        (CONNECTIONS, "test_a_proxy_s_missing_extra_is_named"),
        ("tests/client/test_over_sockets.py", "test_proxies_of_the_environment_count"),
    ),
    "bad base URL": (
        (INJECTION, "test_a_misleading_base_url_is_refused"),
        (
            "tests/unit/test_addresses_of_the_api.py",
            "test_a_misleading_address_is_not_shown",
        ),
    ),
    "SSL_CERT_FILE points nowhere": (("tests/client/test_over_tls.py", "test_a_missing_certificate_file_is_named"),),
    "no way to turn verification off": ((INJECTION, "test_nothing_turns_verification_off"),),
    "peer never reads": (
        (CONNECTIONS, "test_a_large_body_is_refused_unsent"),
        ("tests/client/test_statuses.py", "test_a_claim_whose_answer_is_lost"),
    ),
    "idle connection closed as it is used": (
        (CONNECTIONS, "test_a_dead_connection_is_retried_free"),
        (CONNECTIONS, "test_a_claim_never_meets_a_dead_one"),
    ),
    "unsolicited response": (
        (CONNECTIONS, "test_an_unasked_response_is_not_used"),
        (CONNECTIONS, "test_a_late_unasked_response_is_not_used"),
        (CONNECTIONS, "test_a_claim_gets_only_its_own_answer"),
    ),
    "two lengths": ((CONNECTIONS, "test_two_lengths_end_the_connection"),),
    "broken framing": ((CONNECTIONS, "test_a_broken_response_ends_a_connection"),),
    "400, 404, 409, 422": ((CONNECTIONS, "test_an_error_body_is_bounded"),),
    "403": ((TOKENS, "test_a_missing_permission_costs_no_token"),),
    "404 by reference": ((CONNECTIONS, "test_an_error_body_is_bounded"),),
    "bomb": (
        (INJECTION, "test_a_bomb_costs_less_than_two_caps"),
        ("tests/unit/test_body_reader.py", "test_a_bomb_is_unpacked_to_the_cap_alone"),
    ),
    "duplicate keys": ((CONNECTIONS, "test_the_last_of_two_equal_names_counts"),),
    "many callers without a token": (
        (TOKENS, "test_many_callers_make_one_token_request"),
        (CACHE, "test_two_hundred_callers_are_one_request"),
    ),
    "token ends soon": ((CACHE, "test_a_good_token_is_used_during_renewal"),),
    "leading caller cancelled": ((CACHE, "test_cancelled_callers_harm_no_others"),),
    "token endpoint down": ((TOKENS, "test_a_failing_endpoint_is_asked_for_all"),),
    "token endpoint down, token still good": ((CACHE, "test_a_failed_renewal_keeps_the_token"),),
    "401 on the claim": ((TABLE, "test_only_retried_calls_pass_a_fault"),),
    "odd expires_in": ((TOKENS, "test_a_token_valid_for_0_s_is_used_once"),),
    "short expires_in": ((TOKENS, "test_a_short_token_is_renewed_at_half"),),
    "clock jumps": ((TOKENS, "test_the_machine_s_clock_may_jump"),),
    "credentials refused": ((TOKENS, "test_refused_credentials_wait_30_seconds"),),
    "nonsense from the token endpoint": ((TOKENS, "test_a_redirect_does_not_get_the_secret"),),
    "two clients in one process": ((TOKENS, "test_two_clients_share_no_token"),),
    "full pool": ((TOKENS, "test_a_full_pool_does_not_delay_a_token"),),
    "429 with Retry-After": (
        (LIMITS, "test_two_seconds_are_waited_not_more"),
        (LIMITS, "test_all_calls_of_the_operation_wait"),
        (REFUSALS, "test_a_refused_claim_holds_shared_reads"),
    ),
    "429 without Retry-After": ((LIMITS, "test_an_unstated_wait_is_drawn_in_bounds"),),
    "long Retry-After": ((LIMITS, "test_a_wait_that_is_too_long_is_raised"),),
    "burst": ((HERD, "test_150_calls_succeed_with_few_refusals"),),
    "quota window": ((HERD, "test_declared_limits_are_never_met"),),
    "three processes": ((HERD, "test_three_processes_slow_and_succeed"),),
    "limit announced": (
        (LIMITS, "test_a_limit_that_is_announced_is_kept"),
        (TOLD, "test_a_limit_used_up_holds_the_next_call"),
        (TOLD, "test_a_date_is_read_by_the_server_clock"),
    ),
    "permit after the deadline": ((LIMITS, "test_a_permit_too_late_is_not_awaited"),),
    "cancelled while waiting": ((LIMITS, "test_who_is_cancelled_delays_nobody"),),
    "fair order": (
        (LIMITS, "test_one_call_waits_for_no_long_listing"),
        (HERD, "test_calls_go_out_in_the_order_of_calls"),
    ),
    "retry storm": ((LIMITS, "test_an_outage_gets_no_multiplied_load"),),
    "line break in a header": (
        (INJECTION, "test_a_correlation_id_is_sent_or_refused"),
        (INJECTION, "test_a_client_name_is_sent_or_refused"),
        (INJECTION, "test_customer_number_is_sent_or_refused"),
    ),
    "line break in a secret": (
        (INJECTION, "test_a_token_is_sent_as_it_is_or_refused"),
        (INJECTION, "test_a_line_break_at_the_end_is_refused"),
    ),
    "control character in a header": ((INJECTION, "test_a_strange_credential_is_refused"),),
    "beyond ASCII in a header": ((INJECTION, "test_a_strange_credential_is_refused"),),
    "dot segments": ((INJECTION, "test_a_path_parameter_is_one_segment"),),
    "separators in a path parameter": ((INJECTION, "test_a_path_parameter_is_one_segment"),),
    "request to another origin": (
        (INJECTION, "test_no_path_leads_to_another_origin"),
        ("tests/client/test_what_is_sent.py", "test_an_auth_can_not_change_the_origin"),
    ),
    "redirect to another host": ((CONNECTIONS, "test_a_redirect_elsewhere_gets_nothing"),),
    "pickup code that backtracks": (("tests/unit/test_arguments.py", "test_an_invalid_pickup_code_is_not_shown"),),
    "line break after a pickup code": (("tests/unit/test_arguments.py", "test_an_invalid_pickup_code_is_not_shown"),),
    "keys and credentials of the environment": (
        ("tests/client/test_over_tls.py", "test_keys_are_never_logged"),
        (TRANSPORT, "test_environment_secrets_are_not_used"),
    ),
    "hostile specification": (("tests/repository/test_generation.py", "test_a_raw_value_in_a_template_fails"),),
    "cookies": ((CONNECTIONS, "test_cookies_are_never_sent_back"),),
    "INFO log": ((TABLE, "test_a_lasting_fault_is_the_table_error"),),
    "DEBUG log": (
        (TABLE, "test_a_lasting_fault_is_the_table_error"),
        (PRIVACY, "test_a_log_record_says_what_happened"),
    ),
    "texts of errors": ((TABLE, "test_a_lasting_fault_is_the_table_error"),),
    "reprs": (
        (PRIVACY, "test_credentials_are_shown_not_pickled"),
        (PRIVACY, "test_models_mask_what_is_personal"),
    ),
    "chains of errors": ((TABLE, "test_a_lasting_fault_is_the_table_error"),),
    "names of spans": ((INJECTION, "test_a_hook_is_told_the_path_template"),),
    "correlation id": ((INJECTION, "test_a_call_keeps_one_correlation_id"),),
}
