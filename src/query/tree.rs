//! The tree of a query.

/// A query as a tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// What must hold; `None` where nothing was asked.
    pub root: Option<Node>,
    /// The order that was asked for.
    pub order: Option<Order>,
    /// What the reader should know: unknown operators, words that cannot be searched.
    pub hints: Vec<String>,
}

/// An order of results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Newest first.
    Date,
    /// Best match first.
    Best,
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// All of these.
    All(Vec<Node>),
    /// At least one of these.
    Any(Vec<Node>),
    /// Not this.
    Not(Box<Node>),
    /// These words stand in it.
    Words(Words),
    /// It names an entity; one of these names, folded.
    Names(Naming, Vec<String>),
    /// Its issuer has one of these words, folded.
    Issuer(Vec<String>),
    /// It came over one of these wires, folded.
    Wire(Vec<String>),
    /// It came from one of these sources, folded.
    Source(Vec<String>),
    /// It is in one of these languages (BCP 47, or its beginning).
    Language(Vec<String>),
    /// It, or a passage of it, has one of these tags, folded.
    Tag(Vec<String>),
    /// It is in this state.
    Is(State),
    /// It was published in this span.
    Published(Bound),
}

/// Words next to each other, or near each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// Where they must stand.
    pub field: Field,
    /// The words, folded, in their order; at least one.
    pub words: Vec<String>,
    /// Whether the last is only the beginning of a word.
    pub prefix: bool,
    /// In any order, at most so many words apart.
    pub near: Option<u8>,
}

/// Parts of a release that words are looked for in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Headline and text.
    Any,
    /// The headline.
    Title,
    /// The text.
    Body,
}

/// What kind of name is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// A person.
    Person,
    /// An organisation.
    Organisation,
    /// A place: political, natural, built.
    Place,
    /// A product.
    Product,
    /// An event.
    Event,
    /// A symbol on an exchange.
    Ticker,
    /// Any name.
    Any,
}

/// States.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Unread,
    Read,
    Starred,
    Correction,
    Passage,
    Note,
    Tag,
    Embargo,
}

/// A span of publication days, half-open: `from <= day < until`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bound {
    /// The first day, at its beginning.
    pub from: Option<Day>,
    /// The first day outside.
    pub until: Option<Day>,
}

/// A day, fixed or counted from today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    /// Year, month, day; not checked against the calendar: the 31st of a short month runs into the next.
    Fixed(i32, u32, u32),
    /// So many days after today (before, where negative).
    Relative(i32),
}
