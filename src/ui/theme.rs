//! Roles and themes. Code names a [`Role`] (`headline`, `entity.person`, `passage`); a theme maps every role to a
//! style. Themes are TOML files: a `[palette]` of named colours and a table `[roles]` of short style strings such as
//! `"bold ink"` or `"underline person on tint"`. It refuses unknown roles, unknown words and roles left out of a
//! built-in theme, so that a spelling mistake is named and not drawn.

use ratatui::style::{Color, Modifier, Style};
use thiserror::Error;

use crate::entity::Kind;

/// Declares the roles once: the variant, the name that theme files use, and the order of the table.
macro_rules! roles {
    ($($variant:ident $name:literal),+ $(,)?) => {
        /// What a cell is, for the theme to colour.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Role { $($variant),+ }

        impl Role {
            /// All roles, in the order of their declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name that theme files use.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }
    };
}

roles! {
    // The sheet and the chrome.
    Canvas "canvas", Muted "muted", Faint "faint", Accent "accent",
    Brand "chrome.brand", Chrome "chrome", ChromeStrong "chrome.strong",
    Hairline "hairline", HairlineHeld "hairline.held",
    Key "key", KeyLabel "key.label",
    // The list.
    Unread "list.unread", Read "list.read", Byline "list.byline", Day "list.day",
    ListCursor "list.cursor", ListCursorAway "list.cursor.away",
    MarkUnread "mark.unread", MarkStar "mark.star", MarkPassage "mark.passage",
    MarkEmbargo "mark.embargo", MarkStanding "mark.standing",
    // The text.
    Text "text", Headline "headline", Subhead "subhead", Dateline "dateline", Lede "lede", Heading "heading",
    Quote "quote", Speaker "quote.speaker", Small "small", Table "table", Bullet "bullet", Link "link",
    Folded "folded", Number "paragraph.number",
    // What lies over the text.
    Focus "focus", Selection "selection", Passage "passage", PassageBar "passage.bar", FocusBar "focus.bar",
    Hit "hit", HitCurrent "hit.current", Repair "repair", Cursor "cursor",
    // Entities.
    Person "entity.person", Org "entity.org", Place "entity.place", Group "entity.group", Facility "entity.facility",
    Figure "entity.figure", Date "entity.date", Product "entity.product", Event "entity.event", Law "entity.law",
    Work "entity.work", Ticker "entity.ticker", Theme "entity.theme",
    EntityChosen "entity.chosen",
    // What floats, and what is said.
    Popup "popup", PopupTitle "popup.title", PopupCursor "popup.cursor", Prompt "prompt",
    Good "notice.good", Plain "notice.plain", Warning "notice.warning", Error "notice.error",
    Banner "banner",
}

impl Role {
    /// The role of an entity kind. Kinds that readers do not tell apart at a glance share one.
    #[must_use]
    pub fn of_kind(kind: Kind) -> Self {
        match kind {
            Kind::Person => Self::Person,
            Kind::Org => Self::Org,
            Kind::Gpe | Kind::Loc => Self::Place,
            Kind::Norp | Kind::Language => Self::Group,
            Kind::Fac => Self::Facility,
            Kind::Money | Kind::Percent | Kind::Quantity | Kind::Ordinal | Kind::Cardinal => {
                Self::Figure
            }
            Kind::Date | Kind::Time => Self::Date,
            Kind::Product => Self::Product,
            Kind::Event => Self::Event,
            Kind::Law => Self::Law,
            Kind::WorkOfArt => Self::Work,
            Kind::Ticker => Self::Ticker,
        }
    }

    fn index(self) -> usize {
        self as usize
    }
}

/// Whether a theme is made for a dark or a light background.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ground {
    /// Light letters on a dark ground.
    #[default]
    Dark,
    /// Dark letters on a light ground.
    Light,
}

/// How many colours a terminal shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// None: weight, underline and reverse only.
    None,
    /// The 16 of the user's own palette.
    Sixteen,
    /// The 256 of xterm.
    Cube,
    /// 24 bits.
    True,
}

/// The themes that are built in, by name.
pub const BUILT_IN: &[(&str, &str)] = &[
    ("dark", include_str!("../../assets/themes/dark.toml")),
    ("light", include_str!("../../assets/themes/light.toml")),
    (
        "terminal16",
        include_str!("../../assets/themes/terminal16.toml"),
    ),
    (
        "high-contrast",
        include_str!("../../assets/themes/high-contrast.toml"),
    ),
];

/// A style for every role.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    styles: Vec<Style>,
    ground: Ground,
}

impl Default for Theme {
    /// Plain text for every role.
    fn default() -> Self {
        Self {
            styles: vec![Style::new(); Role::ALL.len()],
            ground: Ground::Dark,
        }
    }
}

/// Why a theme could not be read.
#[derive(Debug, Error, PartialEq)]
pub enum ThemeError {
    /// Not TOML, or not of this shape.
    #[error("theme, line {line}: {message}")]
    Syntax {
        /// 1-based.
        line: usize,
        /// What the parser says.
        message: String,
    },
    /// A role that does not exist.
    #[error("theme, line {line}: there is no role \"{name}\"")]
    UnknownRole {
        /// 1-based.
        line: usize,
        /// As written.
        name: String,
    },
    /// A word of a style that is neither an attribute nor a colour.
    #[error(
        "theme, line {line}: \"{word}\" is neither a colour nor bold, dim, italic, underline, reverse, strike"
    )]
    UnknownWord {
        /// 1-based.
        line: usize,
        /// As written.
        word: String,
    },
}

impl Theme {
    /// A built-in theme; `None` for another name.
    ///
    /// # Panics
    /// Never: a test reads each built-in theme.
    #[must_use]
    pub fn built_in(name: &str) -> Option<Self> {
        let (_, source) = BUILT_IN.iter().find(|(known, _)| *known == name)?;
        Some(Self::parse(source).expect("built-in themes are read by a test"))
    }

    /// Reads a theme file's text. Roles it leaves out are drawn as plain text.
    ///
    /// # Errors
    /// The first thing that cannot be read, with its line.
    pub fn parse(source: &str) -> Result<Self, ThemeError> {
        let document = toml::de::DeTable::parse(source).map_err(|error| ThemeError::Syntax {
            line: error.span().map_or(1, |span| line_of(source, span.start)),
            message: error.message().to_owned(),
        })?;
        let document = document.get_ref();
        let palette = document
            .get("palette")
            .and_then(|value| value.get_ref().as_table());
        let ground = match document.get("ground").and_then(|v| v.get_ref().as_str()) {
            Some("light") => Ground::Light,
            _ => Ground::Dark,
        };
        let mut theme = Self {
            ground,
            ..Self::default()
        };
        let Some(roles) = document.get("roles").and_then(|v| v.get_ref().as_table()) else {
            return Err(ThemeError::Syntax {
                line: 1,
                message: "a theme has a table [roles]".to_owned(),
            });
        };
        for (key, value) in roles {
            let line = line_of(source, key.span().start);
            let name = key.get_ref().as_ref();
            let Some(role) = Role::ALL.iter().find(|role| role.name() == name) else {
                return Err(ThemeError::UnknownRole {
                    line,
                    name: name.to_owned(),
                });
            };
            let words = value.get_ref().as_str().ok_or_else(|| ThemeError::Syntax {
                line,
                message: "a role's style is a string".to_owned(),
            })?;
            theme.styles[role.index()] = style(words, line, palette)?;
        }
        Ok(theme)
    }

    /// The style of a role.
    #[must_use]
    pub fn style(&self, role: Role) -> Style {
        self.styles[role.index()]
    }

    /// The ground it is made for.
    #[must_use]
    pub fn ground(&self) -> Ground {
        self.ground
    }

    /// The same theme in fewer colours. Without any, attributes remain, and what only a tint told is reversed or
    /// underlined, so that everything still reads.
    #[must_use]
    pub fn reduced(&self, depth: Depth) -> Self {
        let mut theme = self.clone();
        for role in Role::ALL {
            let style = &mut theme.styles[role.index()];
            let tinted = style.bg.is_some() && style.bg != self.style(Role::Canvas).bg;
            style.fg = style.fg.and_then(|colour| reduce(colour, depth));
            style.bg = style.bg.and_then(|colour| reduce(colour, depth));
            if depth == Depth::None && tinted {
                style.add_modifier |= without_colour(*role);
            }
        }
        theme
    }

    /// The same theme on the terminal's own background.
    #[must_use]
    pub fn transparent(&self) -> Self {
        let mut theme = self.clone();
        let canvas = self.style(Role::Canvas).bg;
        for style in &mut theme.styles {
            if style.bg == canvas {
                style.bg = None;
            }
        }
        theme
    }
}

/// What stands in for a tint where there is no colour.
fn without_colour(role: Role) -> Modifier {
    match role {
        Role::Popup | Role::PopupTitle | Role::Focus | Role::Canvas | Role::ListCursorAway => {
            Modifier::empty()
        }
        Role::Passage => Modifier::UNDERLINED,
        Role::ListCursor => Modifier::BOLD,
        _ => Modifier::REVERSED,
    }
}

/// The 1-based line of a byte.
fn line_of(source: &str, at: usize) -> usize {
    1 + source.as_bytes()[..at.min(source.len())]
        .iter()
        .filter(|&&b| b == b'\n')
        .count()
}

/// Reads `"bold ink on tint"`.
fn style(
    words: &str,
    line: usize,
    palette: Option<&toml::de::DeTable<'_>>,
) -> Result<Style, ThemeError> {
    let mut style = Style::new();
    let mut ground = false;
    for word in words.split_whitespace() {
        match word {
            "on" => ground = true,
            "bold" => style.add_modifier |= Modifier::BOLD,
            "dim" => style.add_modifier |= Modifier::DIM,
            "italic" => style.add_modifier |= Modifier::ITALIC,
            "underline" => style.add_modifier |= Modifier::UNDERLINED,
            "reverse" => style.add_modifier |= Modifier::REVERSED,
            "strike" => style.add_modifier |= Modifier::CROSSED_OUT,
            _ => {
                let named = palette
                    .and_then(|palette| palette.get(word))
                    .and_then(|value| value.get_ref().as_str());
                let colour =
                    colour(named.unwrap_or(word)).ok_or_else(|| ThemeError::UnknownWord {
                        line,
                        word: word.to_owned(),
                    })?;
                if ground {
                    style.bg = Some(colour);
                } else {
                    style.fg = Some(colour);
                }
            }
        }
    }
    Ok(style)
}

/// A colour: `#rrggbb`, a name of the 16, or `default` (the terminal's own).
fn colour(word: &str) -> Option<Color> {
    if let Some(hex) = word.strip_prefix('#') {
        let value = (hex.len() == 6)
            .then(|| u32::from_str_radix(hex, 16).ok())
            .flatten()?;
        let [_, red, green, blue] = value.to_be_bytes();
        return Some(Color::Rgb(red, green, blue));
    }
    Some(match word {
        "default" => Color::Reset,
        "black" => Color::Black,
        "red" => Color::Red,
        "green" => Color::Green,
        "yellow" => Color::Yellow,
        "blue" => Color::Blue,
        "magenta" => Color::Magenta,
        "cyan" => Color::Cyan,
        "white" => Color::Gray,
        "bright-black" => Color::DarkGray,
        "bright-red" => Color::LightRed,
        "bright-green" => Color::LightGreen,
        "bright-yellow" => Color::LightYellow,
        "bright-blue" => Color::LightBlue,
        "bright-magenta" => Color::LightMagenta,
        "bright-cyan" => Color::LightCyan,
        "bright-white" => Color::White,
        _ => return None,
    })
}

/// The nearest colour that a terminal of this depth shows.
fn reduce(colour: Color, depth: Depth) -> Option<Color> {
    match (depth, colour) {
        (Depth::None, _) => None,
        (Depth::Cube, Color::Rgb(red, green, blue)) => Some(Color::Indexed(cube(red, green, blue))),
        (Depth::Sixteen, Color::Rgb(red, green, blue)) => Some(sixteen(red, green, blue)),
        _ => Some(colour),
    }
}

/// The levels of xterm's 6×6×6 cube.
const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// The nearest of xterm's colour cube (16–231) and grey ramp (232–255, levels 8 + 10 n).
fn cube(red: u8, green: u8, blue: u8) -> u8 {
    let nearest = |value: u8| {
        (0..6u8)
            .min_by_key(|&step| LEVELS[usize::from(step)].abs_diff(value))
            .unwrap_or(0)
    };
    let steps = [red, green, blue].map(nearest);
    let in_cube = steps.map(|step| LEVELS[usize::from(step)]);
    let mean = (u16::from(red) + u16::from(green) + u16::from(blue)) / 3;
    let step = u8::try_from((mean.saturating_sub(3) / 10).min(23)).unwrap_or(23);
    let grey = 8 + 10 * step;
    let want = [red, green, blue];
    if distance(want, [grey; 3]) < distance(want, in_cube) {
        232 + step
    } else {
        16 + 36 * steps[0] + 6 * steps[1] + steps[2]
    }
}

/// Squared distance of two colours.
fn distance(one: [u8; 3], other: [u8; 3]) -> u32 {
    one.iter()
        .zip(other)
        .map(|(&a, b)| u32::from(a.abs_diff(b)).pow(2))
        .sum()
}

/// The nearest of the 16 by hue and lightness. Palettes differ, so this only has to be recognisable.
fn sixteen(red: u8, green: u8, blue: u8) -> Color {
    let (high, low) = (red.max(green).max(blue), red.min(green).min(blue));
    if high - low < 40 {
        return match high {
            0..60 => Color::Reset,
            60..130 => Color::DarkGray,
            130..225 => Color::Gray,
            _ => Color::White,
        };
    }
    let middle = low + (high - low) / 2;
    match (red > middle, green > middle, blue > middle) {
        (true, true, _) => Color::Yellow,
        (true, false, true) => Color::Magenta,
        (true, false, false) => Color::Red,
        (false, true, true) => Color::Cyan,
        (false, true, false) => Color::Green,
        _ => Color::Blue,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_theme_names_every_role() {
        for (name, source) in BUILT_IN {
            let theme = Theme::parse(source).unwrap_or_else(|error| panic!("{name}: {error}"));
            let document: toml::Table = source.parse().unwrap();
            let roles = document["roles"].as_table().unwrap();
            for role in Role::ALL {
                assert!(
                    roles.contains_key(role.name()),
                    "{name} lacks {}",
                    role.name()
                );
            }
            assert_eq!(theme.ground() == Ground::Light, *name == "light");
        }
    }

    #[test]
    fn a_mistake_is_named_with_its_line() {
        let unknown = Theme::parse("[roles]\ntext = \"#ffffff\"\nhedline = \"bold\"\n");
        assert_eq!(
            unknown.unwrap_err().to_string(),
            "theme, line 3: there is no role \"hedline\""
        );
        let word = Theme::parse("[roles]\ntext = \"bald\"\n").unwrap_err();
        assert!(
            word.to_string()
                .starts_with("theme, line 2: \"bald\" is neither")
        );
        assert!(matches!(
            Theme::parse("[roles\n"),
            Err(ThemeError::Syntax { line: 1, .. })
        ));
    }

    #[test]
    fn styles_are_words() {
        let theme =
            Theme::parse("[palette]\nsky = \"#56b4e9\"\n[roles]\n\"entity.person\" = \"bold underline sky on black\"\n")
                .unwrap();
        let style = theme.style(Role::Person);
        assert_eq!(style.fg, Some(Color::Rgb(0x56, 0xB4, 0xE9)));
        assert_eq!(style.bg, Some(Color::Black));
        assert_eq!(style.add_modifier, Modifier::BOLD | Modifier::UNDERLINED);
    }

    #[test]
    fn fewer_colours_still_tell_apart() {
        assert_eq!(cube(255, 255, 255), 231);
        assert_eq!(cube(0x5F, 0xAF, 0xD7), 16 + 36 + 6 * 3 + 4);
        assert_eq!(cube(18, 18, 18), 233);
        assert_eq!(sixteen(0x56, 0xB4, 0xE9), Color::Cyan);
        assert_eq!(sixteen(0xD5, 0x5E, 0x00), Color::Red);
        let none = Theme::built_in("dark").unwrap().reduced(Depth::None);
        for role in Role::ALL {
            let style = none.style(*role);
            assert_eq!((style.fg, style.bg), (None, None), "{}", role.name());
        }
        for role in [
            Role::Hit,
            Role::HitCurrent,
            Role::Selection,
            Role::EntityChosen,
            Role::Passage,
            Role::Person,
            Role::Org,
            Role::Unread,
            Role::Headline,
        ] {
            assert!(
                !none.style(role).add_modifier.is_empty(),
                "{} has nothing but colour",
                role.name()
            );
        }
    }
}
