//! The wires: the names they print in datelines and the names they usually go by. It refuses to take a company for a
//! wire: an unknown name counts only in the brackets or strokes of a dateline, or where it calls itself a wire.

use super::words;

/// What a wire prints, in small letters without blanks, points and hyphens; and its usual name. Longer forms first.
const WIRES: &[(&str, &str)] = &[
    ("prnewswire", "PR Newswire"),
    ("usnewswire", "PR Newswire"),
    ("prweb", "PRWeb"),
    ("businesswire", "Business Wire"),
    ("globenewswire", "GlobeNewswire"),
    ("美通社", "PR Newswire"),
    ("美国商业资讯", "Business Wire"),
    ("美國商業資訊", "Business Wire"),
    ("accesswire", "ACCESSWIRE"),
    ("accessnewswire", "ACCESS Newswire"),
    ("newsfilecorp", "Newsfile"),
    ("newsfile", "Newsfile"),
    ("canadanewswire", "CNW"),
    ("cnwgroup", "CNW"),
    ("cnwtelbec", "CNW"),
    ("cnw", "CNW"),
    ("newmediawire", "NewMediaWire"),
    ("247pressrelease", "24-7PressRelease"),
    ("newsworthyai", "Newsworthy.ai"),
    ("prkarma", "PR Karma"),
    ("noticiasnewswire", "Noticias Newswire"),
    ("mediaoutreachnewswire", "Media OutReach Newswire"),
    ("mediaoutreach", "Media OutReach Newswire"),
    ("prismmediawire", "PRISM MediaWire"),
    ("einpresswire", "EIN Presswire"),
    ("einnews", "EIN Presswire"),
    ("prlog", "PRLog"),
    ("newsdirect", "News Direct"),
    ("newsusa", "NewsUSA"),
    ("xinhua", "Xinhua"),
    ("新华社", "Xinhua"),
    ("新華社", "Xinhua"),
    ("新华网", "Xinhua"),
    ("kyodojbn", "Kyodo JBN"),
    ("kyodonewsprwire", "Kyodo News PR Wire"),
    ("jcnnewswire", "JCN Newswire"),
    ("acnnewswire", "ACN Newswire"),
    ("marketwired", "Marketwired"),
    ("marketwire", "Marketwire"),
    ("send2press", "Send2Press"),
    ("ereleases", "eReleases"),
    ("icrowdnewswire", "iCrowdNewswire"),
    ("sbwire", "SBWire"),
    ("m2presswire", "M2 PressWIRE"),
    ("thenewswire", "TheNewswire"),
    ("africanewsroom", "African Newsroom"),
    ("apogroup", "APO Group"),
    ("equitystory", "EQS"),
    ("eqsnews", "EQS"),
    ("eqscorporatenews", "EQS"),
    ("dgap", "DGAP"),
    ("eqs", "EQS"),
    ("newsaktuell", "news aktuell"),
    ("apaots", "APA-OTS"),
    ("pressetext", "pressetext"),
    ("presseportal", "news aktuell"),
    ("ots", "news aktuell"),
    ("europapress", "Europa Press"),
    ("actusnewswire", "Actusnews Wire"),
    ("cision", "Cision"),
    ("hugin", "Hugin"),
    ("statepoint", "StatePoint"),
    ("brandpoint", "Brandpoint"),
    ("familyfeatures", "Family Features"),
    ("naps", "NAPS"),
    ("prdistribution", "PR Distribution"),
    ("associatedpress", "AP"),
    ("reuters", "Reuters"),
    ("afp", "AFP"),
    ("ap", "AP"),
    ("dpa", "dpa"),
    ("efe", "EFE"),
    ("ansa", "ANSA"),
    ("upi", "UPI"),
    ("pti", "PTI"),
    ("ani", "ANI"),
    ("ians", "IANS"),
    ("abnewswire", "ABNewswire"),
    ("getnews", "GetNews"),
    ("issuewire", "IssueWire"),
    ("openpr", "openPR"),
    ("digitaljournal", "Digital Journal"),
    ("zexprwire", "ZEX PR WIRE"),
    ("chainwire", "Chainwire"),
    ("btcwire", "BTCWire"),
    ("cybernewswire", "CyberNewsWire"),
    ("citybiz", "citybiz"),
];

/// The usual name of the wire that `printed` (what stands between the brackets or strokes of a dateline) names.
pub(super) fn known(printed: &str) -> Option<&'static str> {
    let squeezed = words::letters(printed);
    let first = squeezed.as_bytes().first();
    let likely = || {
        WIRES
            .iter()
            .filter(|(form, _)| form.as_bytes().first() == first)
    };
    let exact = likely().find(|(form, _)| squeezed == *form);
    let starts = || likely().find(|(form, _)| form.len() >= 6 && squeezed.starts_with(form));
    exact.or_else(starts).map(|(_, name)| *name)
}

/// Whether an unknown name calls itself a wire.
pub(super) fn sounds_like_wire(printed: &str) -> bool {
    let small = printed.trim().to_lowercase();
    small.len() <= 40
        && [
            "wire",
            "newswire",
            "presswire",
            "mediawire",
            "news service",
            "news agency",
            "pressrelease",
            "press release service",
            "prwire",
            "通讯社",
        ]
        .iter()
        .any(|end| small.ends_with(end))
}

/// Whether a name printed in the brackets of a dateline, unknown as it is, can be that of a wire: one word, or words
/// that call themselves a wire.
pub(super) fn may_be_wire(printed: &str) -> bool {
    let word = printed.trim();
    let inner = word.chars().skip(1).any(char::is_uppercase);
    let single = !word.contains(char::is_whitespace) && (4..=24).contains(&word.len());
    (single
        && inner
        && word
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '.' | '-')))
        || sounds_like_wire(word)
}
