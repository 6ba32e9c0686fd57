"""Faults that one case can't show, and the tests that show them: by row, the file and the name of each test."""

from typing import Final

HERE: Final = "tests/faults/"
CONNECTIONS: Final = f"{HERE}test_connections.py"
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
        (CONNECTIONS, "test_a_proxy_of_the_environment_carries_reads_and_claims"),
        (CONNECTIONS, "test_a_proxy_that_refuses_is_a_fault_that_may_pass_even_for_a_claim"),
        (CONNECTIONS, "test_a_proxy_that_needs_an_extra_is_named_with_it"),
        ("tests/client/test_over_sockets.py", "test_proxies_of_the_environment_count"),
    ),
    "bad base URL": (
        (INJECTION, "test_a_base_url_that_could_mislead_is_refused_at_once"),
        (
            "tests/unit/test_addresses_of_the_api.py",
            "test_an_address_that_could_mislead_is_refused_with_the_reason_and_not_shown",
        ),
    ),
    "SSL_CERT_FILE points nowhere": (("tests/client/test_over_tls.py", "test_a_missing_certificate_file_is_named"),),
    "no way to turn verification off": ((INJECTION, "test_nothing_turns_verification_off"),),
    "peer never reads": (
        (CONNECTIONS, "test_a_body_that_would_take_long_to_send_is_refused_before_anything_is"),
        ("tests/client/test_statuses.py", "test_a_claim_whose_answer_is_lost"),
    ),
    "idle connection closed as it is used": (
        (CONNECTIONS, "test_a_read_that_meets_a_dead_connection_is_made_again_at_once_and_for_nothing"),
        (CONNECTIONS, "test_a_claim_never_meets_one_since_its_connection_is_its_own"),
    ),
    "unsolicited response": (
        (CONNECTIONS, "test_a_response_that_nobody_asked_for_reaches_nobody"),
        (CONNECTIONS, "test_a_response_that_nobody_asked_for_reaches_nobody_however_late_it_comes"),
        (CONNECTIONS, "test_a_claim_is_never_answered_by_what_was_meant_for_another"),
    ),
    "two lengths": ((CONNECTIONS, "test_a_connection_whose_response_had_two_lengths_is_not_used_again"),),
    "broken framing": ((CONNECTIONS, "test_a_connection_whose_response_broke_is_not_used_again"),),
    "400, 404, 409, 422": ((CONNECTIONS, "test_an_error_body_is_bounded"),),
    "403": ((TOKENS, "test_a_permission_that_is_missing_costs_no_token"),),
    "404 by reference": ((CONNECTIONS, "test_an_error_body_is_bounded"),),
    "bomb": (
        (INJECTION, "test_a_bomb_costs_less_memory_than_twice_the_cap"),
        ("tests/unit/test_body_reader.py", "test_a_bomb_is_unpacked_to_the_cap_alone"),
    ),
    "duplicate keys": ((CONNECTIONS, "test_the_last_of_two_values_by_the_same_name_counts"),),
    "many callers without a token": (
        (TOKENS, "test_many_callers_without_a_token_are_one_request_for_one"),
        (CACHE, "test_two_hundred_callers_are_one_request"),
    ),
    "token ends soon": ((CACHE, "test_nobody_waits_for_a_renewal_while_the_old_token_is_good"),),
    "leading caller cancelled": ((CACHE, "test_callers_that_are_cancelled_take_the_token_from_nobody"),),
    "token endpoint down": ((TOKENS, "test_a_failing_endpoint_is_asked_for_all"),),
    "token endpoint down, token still good": (
        (CACHE, "test_a_renewal_that_fails_costs_nobody_anything_until_the_old_token_ends"),
    ),
    "401 on the claim": ((TABLE, "test_a_call_that_is_retried_succeeds_once_the_fault_has_passed_and_no_other_does"),),
    "odd expires_in": ((TOKENS, "test_a_token_that_is_good_for_no_time_is_used_once"),),
    "short expires_in": ((TOKENS, "test_a_short_life_is_renewed_by_half_of_it_and_not_for_every_call"),),
    "clock jumps": ((TOKENS, "test_the_machine_s_clock_may_jump_either_way"),),
    "credentials refused": ((TOKENS, "test_refused_credentials_are_not_tried_again_for_half_a_minute"),),
    "nonsense from the token endpoint": ((TOKENS, "test_the_secret_does_not_follow_a_redirect"),),
    "two clients in one process": ((TOKENS, "test_two_clients_share_no_token"),),
    "full pool": ((TOKENS, "test_a_full_pool_does_not_keep_a_token_waiting"),),
    "429 with Retry-After": (
        (LIMITS, "test_two_seconds_are_waited_and_not_much_more"),
        (LIMITS, "test_all_calls_of_the_operation_wait"),
        (REFUSALS, "test_a_refused_claim_holds_reads_if_shared"),
    ),
    "429 without Retry-After": ((LIMITS, "test_without_a_word_the_wait_is_drawn_and_bounded"),),
    "long Retry-After": ((LIMITS, "test_a_wait_that_is_too_long_is_raised"),),
    "burst": ((HERD, "test_150_calls_succeed_with_few_refusals"),),
    "quota window": ((HERD, "test_declared_limits_are_never_met"),),
    "three processes": ((HERD, "test_three_processes_slow_down_and_succeed"),),
    "limit announced": (
        (LIMITS, "test_a_limit_that_is_announced_is_kept"),
        (TOLD, "test_a_limit_used_up_holds_the_next_call"),
        (TOLD, "test_a_date_is_measured_by_the_server_clock"),
    ),
    "permit after the deadline": ((LIMITS, "test_a_permit_after_the_deadline_is_not_awaited"),),
    "cancelled while waiting": ((LIMITS, "test_who_is_cancelled_in_the_queue_delays_nobody"),),
    "fair order": (
        (LIMITS, "test_a_single_call_waits_for_no_long_listing"),
        (HERD, "test_calls_go_out_in_the_order_of_calls"),
    ),
    "retry storm": ((LIMITS, "test_an_outage_is_not_met_with_many_times_the_load"),),
    "line break in a header": (
        (INJECTION, "test_a_correlation_id_arrives_as_it_is_or_is_refused"),
        (INJECTION, "test_a_client_name_arrives_as_it_is_or_is_refused"),
        (INJECTION, "test_a_customer_number_arrives_as_it_is_or_is_refused"),
    ),
    "line break in a secret": (
        (INJECTION, "test_a_token_arrives_as_it_is_or_is_refused"),
        (INJECTION, "test_a_line_break_at_the_end_of_an_environment_variable_is_refused"),
    ),
    "control character in a header": (
        (INJECTION, "test_no_credential_with_a_character_out_of_place_is_taken_or_shown"),
    ),
    "beyond ASCII in a header": ((INJECTION, "test_no_credential_with_a_character_out_of_place_is_taken_or_shown"),),
    "dot segments": ((INJECTION, "test_a_path_parameter_is_one_segment_of_the_path_whatever_it_is"),),
    "separators in a path parameter": ((INJECTION, "test_a_path_parameter_is_one_segment_of_the_path_whatever_it_is"),),
    "request to another origin": (
        (INJECTION, "test_no_path_leads_to_another_origin"),
        ("tests/client/test_what_is_sent.py", "test_an_auth_can_not_change_the_origin"),
    ),
    "redirect to another host": (
        (CONNECTIONS, "test_neither_token_nor_headers_nor_body_follow_a_redirect_to_another_host"),
    ),
    "pickup code that backtracks": (
        ("tests/unit/test_arguments.py", "test_a_pickup_code_of_another_form_is_refused_and_not_shown"),
    ),
    "line break after a pickup code": (
        ("tests/unit/test_arguments.py", "test_a_pickup_code_of_another_form_is_refused_and_not_shown"),
    ),
    "keys and credentials of the environment": (
        ("tests/client/test_over_tls.py", "test_keys_are_never_logged"),
        (TRANSPORT, "test_the_environment_s_trust_and_keys_are_not_the_library_s_business"),
    ),
    "hostile specification": (("tests/repository/test_generation.py", "test_a_raw_value_in_a_template_fails"),),
    "cookies": ((CONNECTIONS, "test_cookies_are_never_sent_back"),),
    "INFO log": ((TABLE, "test_a_fault_that_lasts_is_the_error_of_the_table"),),
    "DEBUG log": (
        (TABLE, "test_a_fault_that_lasts_is_the_error_of_the_table"),
        (PRIVACY, "test_a_log_record_says_what_happened"),
    ),
    "texts of errors": ((TABLE, "test_a_fault_that_lasts_is_the_error_of_the_table"),),
    "reprs": (
        (PRIVACY, "test_credentials_are_shown_not_pickled"),
        (PRIVACY, "test_models_mask_what_is_personal"),
    ),
    "chains of errors": ((TABLE, "test_a_fault_that_lasts_is_the_error_of_the_table"),),
    "names of spans": ((INJECTION, "test_what_others_are_told_of_a_call_names_its_template"),),
    "correlation id": ((INJECTION, "test_a_call_has_one_correlation_id_whatever_happens_to_it"),),
}
