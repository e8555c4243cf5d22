//! Numbers as people read them: thousands apart, plurals right. Times are worded by the app, which knows the clock.

/// `1 284`: groups of three, parted by a blank.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

/// `1 release`, `1 284 releases`.
#[must_use]
pub fn counted(number: u64, one: &str, many: &str) -> String {
    format!(
        "{} {}",
        grouped(number),
        if number == 1 { one } else { many }
    )
}

/// `3 ms`, `0.4 ms`, `1.2 s`.
#[must_use]
pub fn duration(millis: f32) -> String {
    match millis {
        ..1.0 => format!("{millis:.1} ms"),
        1.0..1000.0 => format!("{millis:.0} ms"),
        _ => format!("{:.1} s", millis / 1000.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_and_plurals() {
        for (number, words) in [
            (0, "0"),
            (999, "999"),
            (1284, "1 284"),
            (100_000, "100 000"),
            (1_234_567, "1 234 567"),
        ] {
            assert_eq!(grouped(number), words);
        }
        assert_eq!(counted(1, "release", "releases"), "1 release");
        assert_eq!(counted(1284, "release", "releases"), "1 284 releases");
        assert_eq!(duration(0.42), "0.4 ms");
        assert_eq!(duration(3.4), "3 ms");
        assert_eq!(duration(1240.0), "1.2 s");
    }
}
