//! The one test harness. Each file below is a room of its own.
//!
//! What must not go wrong, and the tests that make it go wrong on purpose:
//!
//! | what | test |
//! |---|---|
//! | control sequences in any field, on any view and in any output | `screens::hostile::no_sequence_in_any_field_reaches_any_view`, `pty::hostile::hostile_releases_send_nothing_to_the_terminal`, `command_line::no_form_lets_a_control_character_out` |
//! | an address that no browser may get, and what a shell would act on in one | `pty::opener` |
//! | two readers, commands beside them, eight writers at once, a reader that was killed | `pty::together` |
//! | keys typed ahead of the release that they mean | `journeys::ahead` |
//! | a kill while something is being saved | `pty::hostile::what_the_screen_showed_as_saved_survives_a_kill`, `library::commands::an_import_that_is_killed_leaves_a_sound_library_and_the_next_one_completes_it` |
//! | a disk that takes no more | `pty::hostile::a_disk_that_takes_no_more_is_said_and_nothing_is_pretended`, `library::commands::a_full_disk_is_said_and_loses_nothing` |
//! | a panic, in the screen and in a worker | `pty::a_panic_gives_the_terminal_back_and_says_where_the_report_is`, `pty::a_panic_in_a_worker_leaves_the_screen_alone` |
//! | signals, suspension | `pty::signals_that_end_it_restore_the_terminal`, `pty::suspends_and_comes_back_at_the_new_size`, `pty::a_stop_from_outside_is_a_suspension` |
//! | a terminal that vanishes | `pty::a_window_that_vanishes_ends_it`, `pty::a_window_that_vanishes_under_a_shell_that_ignores_it` |
//! | wide, joined and invisible characters | `screens::hostile::wide_text_keeps_the_columns_in_every_view` |
//! | windows of any size | `screens::hostile::random_sizes_in_every_view_bring_everything_back`, `screens::every_state_at_every_size`, `pty::any_size_and_back` |
//! | no terminal, a dumb one, no colour | `pty::without_a_terminal_it_says_what_to_do_instead`, `pty::a_terminal_that_places_no_text_is_refused`, `pty::without_colour_nothing_is_coloured` |
//! | closed pipes, full standard output | `command_line::a_closed_pipe_is_no_error_and_a_full_disk_is_one` |
//! | a library that cannot be opened | `pty::hostile::a_library_that_cannot_be_opened_is_told_on_a_clean_terminal` |
//! | a library removed under the running reader | `pty::hostile::a_library_that_is_removed_under_the_reader_is_told_and_what_was_yours_is_kept` |
//! | a library of an older dateline, a file where the data directory should be | `library::commands` |
//! | headlines and lines of megabytes, thousands of marks on one letter | `pty::hostile::what_is_far_too_long_is_cut_on_the_screen_alone` |
//! | devices, pipes, links and sparse files named as input | `intake::what_is_no_file_is_refused_at_once` |
//! | whatever is typed as a search | `library::whatever_is_typed_is_never_an_error` |
//! | a broken configuration | `pty::a_broken_configuration_is_told_and_does_not_stop_it` |
//! | pasted keys, a mouse's garbage, half a character | `pty::a_paste_is_text_and_runs_no_key`, `pty::a_great_paste_does_not_hold_the_keys_up` |
//! | damage to the library's file | `library::damage` |
//! | keys, mouse and sizes at random | `journeys::random` |

mod anatomy;
mod architecture;
mod command_line;
mod entities;
mod intake;
mod journeys;
mod library;
mod mutations;
mod network;
mod pty;
mod repairs;
mod screens;
mod sources;
