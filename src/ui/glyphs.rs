//! The marks on the screen, in two sets: such as nearly every monospaced font has, and plain ASCII. All are one cell
//! wide; a test holds that.

/// One set of marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyphs {
    /// The hairline between panes.
    pub hairline: &'static str,
    /// The hairline beside the pane with the focus.
    pub hairline_held: &'static str,
    /// The bar of what the cursor is on.
    pub focus: &'static str,
    /// The same in a pane that does not have the focus.
    pub focus_away: &'static str,
    /// The bar of a bookmarked passage.
    pub passage: &'static str,
    /// Unread.
    pub unread: &'static str,
    /// Starred.
    pub star: &'static str,
    /// Before the number of passages.
    pub quote: &'static str,
    /// Under embargo.
    pub embargo: &'static str,
    /// A correction, a kill, an advisory.
    pub standing: &'static str,
    /// Between facts of a line.
    pub dot: &'static str,
    /// Where something was cut.
    pub ellipsis: &'static str,
    /// A part that is folded.
    pub folded: &'static str,
    /// A part that is unfolded.
    pub unfolded: &'static str,
    /// Before a number of copies.
    pub times: &'static str,
    /// Before a list's entry.
    pub bullet: &'static str,
    /// Before a paragraph's number.
    pub pilcrow: &'static str,
    /// Between search hits and their number.
    pub rule: &'static str,
    /// More above or below.
    pub up: &'static str,
    /// More below.
    pub down: &'static str,
    /// Bars of rising height.
    pub bars: [&'static str; 8],
}

/// Marks that nearly every monospaced font has.
pub const UNICODE: Glyphs = Glyphs {
    hairline: "│",
    hairline_held: "│",
    focus: "▌",
    focus_away: "▏",
    passage: "▎",
    unread: "●",
    star: "★",
    quote: "❝",
    embargo: "E",
    standing: "!",
    dot: "·",
    ellipsis: "…",
    folded: "▸",
    unfolded: "▾",
    times: "×",
    bullet: "•",
    pilcrow: "¶",
    rule: "─",
    up: "↑",
    down: "↓",
    bars: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
};

/// Marks for fonts and terminals that know no others.
pub const ASCII: Glyphs = Glyphs {
    hairline: "|",
    hairline_held: "|",
    focus: ">",
    focus_away: " ",
    passage: "|",
    unread: "*",
    star: "+",
    quote: "\"",
    embargo: "E",
    standing: "!",
    dot: "-",
    ellipsis: "~",
    folded: ">",
    unfolded: "v",
    times: "x",
    bullet: "*",
    pilcrow: "P",
    rule: "-",
    up: "^",
    down: "v",
    bars: ["_", ".", ":", "-", "=", "+", "*", "#"],
};

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn every_mark_is_one_cell() {
        for set in [UNICODE, ASCII] {
            for mark in [
                set.hairline,
                set.hairline_held,
                set.focus,
                set.focus_away,
                set.passage,
                set.unread,
                set.star,
                set.quote,
                set.embargo,
                set.standing,
                set.dot,
                set.ellipsis,
                set.folded,
                set.unfolded,
                set.times,
                set.bullet,
                set.pilcrow,
                set.rule,
                set.up,
                set.down,
            ] {
                assert_eq!(mark.width(), 1, "{mark}");
            }
            assert!(set.bars.iter().all(|bar| bar.width() == 1));
        }
        assert!(format!("{ASCII:?}").is_ascii());
    }
}
