//! What the reader can ask for, by name. One closed list: keys, mouse and the palette all speak it, and help is made
//! from it. What an action does to the state stands with the pane it concerns.

/// Makes the list of actions, their names (as in the key table) and their words (as in help and the palette).
macro_rules! actions {
    ($($(#[$group:meta])* $variant:ident $name:literal $words:literal,)*) => {
        /// An action.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action {
            $($(#[$group])* #[doc = $words] $variant,)*
        }

        impl Action {
            /// All actions, in the order of the help.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// Its name in the key table.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// What it does, in a few words.
            #[must_use]
            pub fn words(self) -> &'static str {
                match self {
                    $(Self::$variant => $words,)*
                }
            }
        }
    };
}

actions! {
    Down "down" "Down",
    Up "up" "Up",
    HalfDown "half-down" "Half a page down",
    HalfUp "half-up" "Half a page up",
    PageDown "page-down" "A page down",
    PageUp "page-up" "A page up",
    First "first" "To the start",
    Last "last" "To the end",
    PaneLeft "pane-left" "To the pane on the left",
    PaneRight "pane-right" "To the pane on the right",
    PaneNext "pane-next" "Next pane",
    PaneBack "pane-back" "Previous pane",
    Open "open" "Open",
    Back "back" "Back, one step",
    Quit "quit" "Quit",

    Search "search" "Search the library",
    Find "find" "Find in this release",
    NextHit "next-hit" "Next hit",
    LastHit "last-hit" "Previous hit",
    NextMention "next-mention" "Next mention",
    LastMention "last-mention" "Previous mention",
    NextSentence "next-sentence" "Next sentence",
    LastSentence "last-sentence" "Previous sentence",
    NextParagraph "next-paragraph" "Next paragraph",
    LastParagraph "last-paragraph" "Previous paragraph",
    NextRelease "next-release" "Next release",
    LastRelease "last-release" "Previous release",
    NextUnread "next-unread" "Next unread release",
    NextQuote "next-quote" "Next quotation",
    LastQuote "last-quote" "Previous quotation",
    NextSubhead "next-subhead" "Next sub-heading",
    LastSubhead "last-subhead" "Previous sub-heading",
    NextPassage "next-passage" "Next passage",
    LastPassage "last-passage" "Previous passage",
    NextRepair "next-repair" "Next repair",
    LastRepair "last-repair" "Previous repair",
    Corrected "corrected" "The correction of this, or what this corrects",

    Select "select" "Select, then grow the selection",
    WordNext "word-next" "Grow by a word",
    WordBack "word-back" "Back by a word",
    SwapEnds "swap-ends" "Other end of the selection",
    Bookmark "bookmark" "Bookmark the sentence or selection",
    Copy "copy" "Copy with its source",
    CopyPlain "copy-plain" "Copy the words alone",
    EditNote "note" "Note and tags of the passage here",
    DeletePassage "delete-passage" "Delete the passage here",

    Star "star" "Star",
    ToggleRead "toggle-read" "Read or unread",
    ReadAbove "read-above" "Mark this and all above as read",
    Tag "tag" "Tags of the release",
    Delete "delete" "Delete",
    Undo "undo" "Undo",
    Browser "browser" "Open in the browser",
    Export "export" "Export passages",
    Refresh "refresh" "Refresh",
    Follow "follow" "Follow an address or a folder",
    RefreshSource "refresh-source" "Refresh this source",
    EditSource "edit-source" "Name, tags and interval of the source",
    FullText "full-text" "Full text of teasers: never, on open, always",
    PauseSource "pause-source" "Pause the source, or go on",
    Unfollow "unfollow" "Stop following the source",

    FilterAll "filter-all" "Show all releases",
    FilterUnread "filter-unread" "Show the unread",
    FilterStarred "filter-starred" "Show the starred",
    FilterPassages "filter-passages" "Show those with passages",
    FilterSource "filter-source" "Show one source, or all again",
    SortNext "sort" "Change the order",
    Copies "copies" "This story on all its wires",

    Entities "entities" "Entities",
    AboutEntity "about-entity" "Releases that name the entity here",
    EntityCard "entity-card" "About the entity here",
    FindEntity "find-entity" "Look a name up, hidden ones too",
    EntityMerge "entity-merge" "Join the entity to another",
    EntitySplit "entity-split" "Take a joined name apart",
    EntityRename "entity-rename" "Rename the entity",
    EntityKind "entity-kind" "Change what kind the entity is",
    EntityHide "entity-hide" "Hide the entity, or show it again",
    Quotes "quotes" "Who is quoted",
    Outline "outline" "Outline of sub-headings",
    Contacts "contacts" "Whom to call",
    Passages "passages" "All passages",
    Sources "sources" "Sources",

    Fold "fold" "Fold or unfold here",
    FoldHere "fold-here" "Fold here",
    UnfoldHere "unfold-here" "Unfold here",
    FoldAll "fold-all" "Fold all",
    UnfoldAll "unfold-all" "Unfold all",
    CursorTop "cursor-top" "Cursor's row to the top",
    CursorMiddle "cursor-middle" "Cursor's row to the middle",
    CursorBottom "cursor-bottom" "Cursor's row to the bottom",
    Original "original" "What stood here before the repair",
    Changes "changes" "What its source changed since it came",
    DeclineRepair "decline-repair" "Decline the repair here",
    Wider "wider" "Longer rows of text",
    Narrower "narrower" "Shorter rows of text",
    Numbers "numbers" "Paragraph numbers",
    ToggleSide "sidebar" "Sidebar on or off",
    PaneGrow "pane-grow" "Widen the pane",
    PaneShrink "pane-shrink" "Narrow the pane",

    Help "help" "Help",
    Palette "palette" "All commands",
    Editor "editor" "Edit in your editor",
    ToggleMouse "mouse" "Mouse on or off",
    Suspend "suspend" "Suspend",

    Accept "accept" "Accept",
    DeleteBack "delete-back" "Delete the character before",
    DeleteAhead "delete-ahead" "Delete the character after",
    DeleteWord "delete-word" "Delete the word before",
    DeleteLine "delete-line" "Delete to the start",
    CursorLeft "cursor-left" "Left",
    CursorRight "cursor-right" "Right",
    CursorHome "cursor-home" "To the start of the line",
    CursorEnd "cursor-end" "To the end of the line",
    NextField "next-field" "Next field",
}

impl Action {
    /// Whether it only moves or leaves: such actions stand last in the palette, where nothing is typed.
    #[must_use]
    pub fn moves(self) -> bool {
        self <= Self::Quit
    }

    /// The action of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|action| action.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_found() {
        for action in Action::ALL {
            assert_eq!(Action::named(action.name()), Some(*action));
        }
        assert_eq!(Action::named("nonsense"), None);
    }
}
