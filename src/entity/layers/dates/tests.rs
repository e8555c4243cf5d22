//! Expressions as releases print them, and what each means on a day in March 2024.

use super::*;
use crate::text::Extent;

fn dates(text: &str) -> Vec<(String, String)> {
    let page = Page::new(text, &[Extent::new(0, text.len())]);
    let mut finds = Vec::new();
    find(&page, Some(Date::constant(2024, 3, 19)), &mut finds);
    let show = |find: &Find| {
        find.value
            .as_ref()
            .map_or(String::new(), |value| match value {
                crate::entity::Value::Date { date } => date.clone(),
                crate::entity::Value::Period { from, to } => format!("{from}/{to}"),
                _ => String::from("?"),
            })
    };
    finds
        .iter()
        .map(|find| (find.extent.of(text).to_owned(), show(find)))
        .collect()
}

#[test]
fn a_year_that_ends_a_name_is_no_date_of_its_own() {
    for text in [
        "the keynote at GTC Taipei 2026 on site",
        "it ranks first again in the Global Innovation Index 2025.",
        "visitors of Harbour Expo 2024, which",
    ] {
        assert_eq!(dates(text), [], "{text}");
    }
    for text in [
        "grew throughout 2025, it",
        "said that in Lyon in 2025 it",
        "Lyon. Harbours 2025 saw",
        "Acme Opens Third Quay in Lyon Harbour 2025",
        "for the Fiscal Year 2025, it",
        "of Spring 2025, it",
    ] {
        assert_eq!(dates(text).len(), 1, "{text}");
    }
}

#[test]
fn anchored_expressions_and_their_values() {
    for (text, found, value) in [
        ("BEIJING, March 19, 2024 /", "March 19, 2024", "2024-03-19"),
        ("inspected Hunan Province Monday.", "Monday", "2024-03-18"),
        ("in early March, during", "early March", "2024-03"),
        (
            "its 14th Five-Year Plan (2021-2025).",
            "2021-2025",
            "2021/2025",
        ),
        (
            "on Wednesday, June 4, 2025 at",
            "Wednesday, June 4, 2025",
            "2025-06-04",
        ),
        (
            "from September 8–12 in",
            "September 8–12",
            "2024-09-08/2024-09-12",
        ),
        (
            "in the first quarter of 2025,",
            "first quarter of 2025",
            "2025-Q1",
        ),
        ("Q3 2025 results", "Q3 2025", "2025-Q3"),
        ("for fiscal 2024 the", "fiscal 2024", "2024"),
        ("FY25 guidance", "FY25", "2025"),
        ("am 19. März 2024 in", "19. März 2024", "2024-03-19"),
        (
            "el 18 de junio de 2024",
            "18 de junio de 2024",
            "2024-06-18",
        ),
        ("the 1990s were", "1990s", "1990/1999"),
        ("It will open on Friday.", "Friday", "2024-03-22"),
        ("on 17/01/2017 the", "17/01/2017", "2017-01-17"),
        ("dated 2024-03-19.", "2024-03-19", "2024-03-19"),
        (
            "the first half of 2025",
            "first half of 2025",
            "2025-01/2025-06",
        ),
        ("in 2024 alone", "2024", "2024"),
        ("spring 2025", "spring 2025", "2025"),
        (
            "May 3, 2024, to June 4, 2025",
            "May 3, 2024, to June 4, 2025",
            "2024-05-03/2025-06-04",
        ),
        ("Sept. 5 meeting", "Sept. 5", "2024-09-05"),
        ("in the 2015/16 season", "2015/16", "2015/2016"),
        ("treated in 2011-14 and", "2011-14", "2011/2014"),
        ("based on 1Q 2024 data", "1Q 2024", "2024-Q1"),
        ("in Q3’24 alone", "Q3’24", "2024-Q3"),
        (
            "in March and April 2024,",
            "March and April 2024",
            "2024-03/2024-04",
        ),
        (
            "On April 24 and 25, 2024, they",
            "April 24 and 25, 2024",
            "2024-04-24/2024-04-25",
        ),
        (
            "PARIS, February, 21st, 2025 –",
            "February, 21st, 2025",
            "2025-02-21",
        ),
        ("by early Q4 2025.", "early Q4 2025", "2025-Q4"),
        ("at the end of June 2024.", "end of June 2024", "2024-06"),
        ("one at the end of May and", "end of May", "2024-05"),
        ("$16 million at year-end 2023,", "year-end 2023", "2023"),
        (
            "for the fiscal 3rd quarter of 2025,",
            "fiscal 3rd quarter of 2025",
            "2025-Q3",
        ),
        ("a safe summer in 2023, we", "summer in 2023", "2023"),
        ("during the 2020 summer.", "2020 summer", "2020"),
        ("citing a 2005 St. Louis count", "2005", "2005"),
        ("below the March forecast of", "March", "2024-03"),
        ("well. A December poll showed", "December", "2023-12"),
        ("list. Unlike October’s list, it", "October", "2023-10"),
        (
            "on Small Business Saturday, November 30th, from",
            "November 30th",
            "2023-11-30",
        ),
        (
            "Releases 07 01 2005 A statement",
            "07 01 2005",
            "2005-07-01",
        ),
        ("open in late summer 2025.", "late summer 2025", "2025"),
        ("At the close of 2020, it", "close of 2020", "2020"),
        ("revenue for 9M 2025 to EUR", "9M 2025", "2025-01/2025-09"),
        ("in 9M25 alone", "9M25", "2025-01/2025-09"),
        ("a good year for 3M 2024 was", "2024", "2024"),
        (
            "the first 9 months 2025 improved",
            "first 9 months 2025",
            "2025-01/2025-09",
        ),
        (
            "first nine months of fiscal 2024",
            "first nine months of fiscal 2024",
            "2024-01/2024-09",
        ),
        (
            "Announces 2024 4th Quarter Results",
            "2024 4th Quarter",
            "2024-Q4",
        ),
        ("in 2024 Q3 it", "2024 Q3", "2024-Q3"),
        (
            "Throughout the first quarter of this year, they",
            "first quarter of this year",
            "",
        ),
        (
            "for the fiscal years 2008 onward",
            "fiscal years 2008",
            "2008",
        ),
        (
            "Date: Thursday, November 13, 2025Time: 11am",
            "Thursday, November 13, 2025",
            "2025-11-13",
        ),
        ("letters June 7 2007VIA POST", "June 7 2007", "2007-06-07"),
        (
            "fewer crimes in June–August than",
            "June–August",
            "2024-06/2024-08",
        ),
        (
            "Four Men Were Held in Rome in April, Sent Home Today",
            "April",
            "2024-04",
        ),
        ("# 2025’s Most Friendly Towns", "2025", "2025"),
        ("lower than pre-2017 levels", "2017", "2017"),
        (
            "el sábado 20 de junio en el café",
            "sábado 20 de junio",
            "2024-06-20",
        ),
        ("En junio de 2023, la firma", "junio de 2023", "2023-06"),
        (
            "The hand count Thursday of the entire vote found",
            "Thursday",
            "2024-03-14",
        ),
        ("past the March bull market by", "March", "2024-03"),
        ("Concerto No. 5 June 26: Suites", "June 26", "2024-06-26"),
    ] {
        assert_eq!(
            dates(text),
            [(found.to_owned(), value.to_owned())],
            "{text}"
        );
    }
}

#[test]
fn two_months_are_one_expression_only_with_one_year_for_both() {
    for (text, found) in [
        (
            "from July 2021 to June 2026,",
            ["July 2021", "June 2026"].as_slice(),
        ),
        ("(May 2024 – May 2025)", &["May 2024", "May 2025"]),
        ("from October to June, when", &["October", "June"]),
        ("between June and August shootings", &["June", "August"]),
    ] {
        let dates: Vec<String> = dates(text).into_iter().map(|date| date.0).collect();
        assert_eq!(dates, found, "{text}");
    }
}

#[test]
fn what_has_no_anchor_is_left_alone() {
    for text in [
        "last year and today",
        "every Tuesday",
        "open Monday to Saturday",
        "on Friday nights",
        "more than 2000 people",
        "You May think so",
        "for 30 years, aged 45",
        "call +27 21 300 2055 now",
        "by April Smith",
        "DOI 10.1016/j.2024",
        "ranked at No. 1924 of all",
        "call 202 07 2005 now",
        "welcome to Sunday worship and Sunday school",
        "the first Thursday of the month",
        "hung again each November as",
        "a #2025 tag",
        "dijo el domingo que vendrá",
    ] {
        assert_eq!(dates(text), [], "{text}");
    }
}
