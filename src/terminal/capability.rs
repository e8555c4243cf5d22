//! What a terminal can do, from the environment and from its own answers: how many colours, which background,
//! whether it is one at all. Questions are asked without waiting: they go out before the library is opened, and the
//! answers come in among the keys, or never.

use crate::ui::theme::{Depth, Ground};

/// Reads one environment variable; a function, so that tests bring their own.
pub type Environment<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The process's own environment.
#[must_use]
pub fn environment(name: &str) -> Option<String> {
    std::env::var_os(name).map(|value| value.to_string_lossy().into_owned())
}

/// What `--color` says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColourChoice {
    /// As the environment says.
    #[default]
    Auto,
    /// Colours in any case.
    Always,
    /// None.
    Never,
}

/// How many colours to use. `NO_COLOR` and `DATELINE_NO_COLOR` count where they are not empty (no-color.org).
#[must_use]
pub fn depth(choice: ColourChoice, environment: Environment<'_>) -> Depth {
    let set = |name: &str| environment(name).is_some_and(|value| !value.is_empty());
    let refused = choice == ColourChoice::Never
        || choice == ColourChoice::Auto && (set("NO_COLOR") || set("DATELINE_NO_COLOR"));
    if refused {
        return Depth::None;
    }
    let term = environment("TERM").unwrap_or_default();
    let colorterm = environment("COLORTERM").unwrap_or_default();
    if matches!(colorterm.as_str(), "truecolor" | "24bit") || term.contains("direct") {
        Depth::True
    } else if term.contains("256color") || term.contains("kitty") || term.contains("alacritty") {
        Depth::Cube
    } else {
        Depth::Sixteen
    }
}

/// Whether a screen can be drawn on this kind of terminal; the reason where not.
///
/// # Errors
/// A sentence for people.
pub fn drawable(environment: Environment<'_>) -> Result<(), &'static str> {
    match environment("TERM").as_deref() {
        None | Some("") => Err("TERM is not set"),
        Some("dumb") => Err("TERM is dumb: this terminal can't place text"),
        Some(_) => Ok(()),
    }
}

/// Whether the locale names a character set other than UTF-8; marks are then drawn in ASCII.
#[must_use]
pub fn narrow_locale(environment: Environment<'_>) -> bool {
    ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .find_map(|name| environment(name).filter(|value| !value.is_empty()))
        .is_some_and(|locale| {
            let charset = locale.split_once('.').map(|(_, charset)| charset);
            charset.is_some_and(|c| !c.to_ascii_lowercase().replace('-', "").starts_with("utf8"))
        })
}

/// Asks for the background colour, for kitty's keyboard flags, and last for the terminal's attributes, which every
/// terminal answers: after that answer no other is to be expected.
pub const QUESTIONS: &str = "\x1b]11;?\x1b\\\x1b[?u\x1b[c";

/// Whether the terminal is likely to answer and sure to swallow what it does not know.
#[must_use]
pub fn answers(environment: Environment<'_>) -> bool {
    let term = environment("TERM").unwrap_or_default();
    let silent = [
        "linux", "cons25", "vt52", "vt100", "vt102", "vt220", "eterm", "emacs",
    ];
    !silent.iter().any(|name| term == *name)
}

/// The ground that `COLORFGBG` tells (`15;0`: the last number is the background, 7 and 9 to 15 are light).
#[must_use]
pub fn ground_told(environment: Environment<'_>) -> Option<Ground> {
    let value = environment("COLORFGBG")?;
    let number: u8 = value.rsplit(';').next()?.parse().ok()?;
    Some(match number {
        7 | 9..=15 => Ground::Light,
        _ => Ground::Dark,
    })
}

/// The ground of a background colour, by its luma (Rec. 601 weights).
#[must_use]
pub fn ground_of([red, green, blue]: [u8; 3]) -> Ground {
    let luma = 299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue);
    if luma > 127_500 {
        Ground::Light
    } else {
        Ground::Dark
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with<'a>(pairs: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> Option<String> + 'a {
        move |name| {
            pairs
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| (*value).to_owned())
        }
    }

    #[test]
    fn colours_by_flag_then_environment() {
        let auto = |pairs: &[(&str, &str)]| depth(ColourChoice::Auto, &with(pairs));
        assert_eq!(auto(&[("TERM", "xterm")]), Depth::Sixteen);
        assert_eq!(auto(&[("TERM", "xterm-256color")]), Depth::Cube);
        assert_eq!(
            auto(&[("TERM", "xterm"), ("COLORTERM", "truecolor")]),
            Depth::True
        );
        assert_eq!(auto(&[("TERM", "xterm"), ("NO_COLOR", "1")]), Depth::None);
        assert_eq!(auto(&[("TERM", "xterm"), ("NO_COLOR", "")]), Depth::Sixteen);
        assert_eq!(
            depth(ColourChoice::Always, &with(&[("NO_COLOR", "1")])),
            Depth::Sixteen
        );
        assert_eq!(
            depth(ColourChoice::Never, &with(&[("COLORTERM", "24bit")])),
            Depth::None
        );
    }

    #[test]
    fn what_is_no_terminal_is_told() {
        assert!(drawable(&with(&[])).is_err());
        assert!(drawable(&with(&[("TERM", "dumb")])).is_err());
        assert!(drawable(&with(&[("TERM", "xterm")])).is_ok());
        assert!(!answers(&with(&[("TERM", "linux")])));
        assert!(answers(&with(&[("TERM", "tmux-256color")])));
    }

    #[test]
    fn grounds() {
        assert_eq!(
            ground_told(&with(&[("COLORFGBG", "15;0")])),
            Some(Ground::Dark)
        );
        assert_eq!(
            ground_told(&with(&[("COLORFGBG", "0;default;15")])),
            Some(Ground::Light)
        );
        assert_eq!(ground_told(&with(&[("COLORFGBG", "x")])), None);
        assert_eq!(ground_of([253, 246, 227]), Ground::Light);
        assert_eq!(ground_of([0, 43, 54]), Ground::Dark);
    }

    #[test]
    fn locales() {
        assert!(narrow_locale(&with(&[("LANG", "de_DE.ISO-8859-1")])));
        assert!(!narrow_locale(&with(&[("LANG", "de_DE.UTF-8")])));
        assert!(!narrow_locale(&with(&[("LANG", "C.utf8")])));
        assert!(!narrow_locale(&with(&[])));
        assert!(!narrow_locale(&with(&[
            ("LC_ALL", "en_US.UTF-8"),
            ("LANG", "de_DE.ISO-8859-1")
        ])));
    }
}
