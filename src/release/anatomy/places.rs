//! The places that datelines name without help: the cities that news style lets stand alone, and the states, provinces
//! and countries that follow a city. Lists of common knowledge, written for this project. It refuses to be a
//! gazetteer: a city that it does not know is still read where capitals, a date or a wire say so.

/// Cities that stand alone in datelines, in small letters.
const CITIES: &[&str] = &[
    // In the United States.
    "atlanta", "austin", "baltimore", "boston", "chicago", "cincinnati", "cleveland", "dallas", "denver", "detroit", "honolulu", "houston",
    "indianapolis", "las vegas", "los angeles", "miami", "milwaukee", "minneapolis", "nashville", "new orleans", "new york", "new york city",
    "oklahoma city", "philadelphia", "phoenix", "pittsburgh", "portland", "sacramento", "salt lake city", "san antonio", "san diego",
    "san francisco", "san jose", "seattle", "silicon valley", "st. louis", "tampa", "washington", "charlotte", "orlando",
    // Elsewhere.
    "abu dhabi", "accra", "addis ababa", "algiers", "almaty", "amman", "amsterdam", "ankara", "astana", "athens", "auckland", "baghdad", "baku",
    "bangkok", "barcelona", "basel", "beijing", "beirut", "belgrade", "bengaluru", "berlin", "bogota", "bogotá", "bonn", "brasilia", "bratislava",
    "brisbane", "brussels", "bruxelles", "bucharest", "budapest", "buenos aires", "cairo", "cape town", "caracas", "casablanca", "chengdu",
    "chongqing", "cologne", "colombo", "copenhagen", "dakar", "delhi", "dhaka", "djibouti", "doha", "dubai", "dublin", "düsseldorf", "edinburgh",
    "frankfurt", "geneva", "genf", "genève", "gibraltar", "glasgow", "guangzhou", "guatemala city", "haikou", "hamburg", "hangzhou", "hanoi",
    "harare", "havana", "helsinki", "ho chi minh city", "hong kong", "hong kong sar", "hyderabad", "islamabad", "istanbul", "jakarta",
    "jerusalem", "johannesburg", "kabul", "karachi", "kathmandu", "kiev", "kigali", "kolkata", "köln", "kuala lumpur", "kuwait city", "kyiv",
    "lagos", "lausanne", "leipzig", "lima", "lisboa", "lisbon", "ljubljana", "london", "lugano", "luxembourg", "lyon", "macao", "macau", "madrid",
    "manila", "melbourne", "mexico city", "ciudad de méxico", "milan", "milano", "minsk", "monaco", "montevideo", "montreal", "montréal", "moscow",
    "mumbai", "munich", "münchen", "nairobi", "nanjing", "new delhi", "nicosia", "osaka", "oslo", "ottawa", "panama city", "paris", "perth",
    "phnom penh", "prague", "praha", "pretoria", "quebec city", "québec", "quito", "rabat", "riga", "rio de janeiro", "riyadh", "roma", "rome",
    "rotterdam", "san juan", "santiago", "sao paulo", "são paulo", "sarajevo", "seoul", "shanghai", "shenzhen", "singapore", "sofia",
    "stockholm", "strasbourg", "stuttgart", "suzhou", "sydney", "taipei", "tallinn", "tashkent", "tbilisi", "tehran", "tel aviv", "the hague",
    "tianjin", "tokyo", "toronto", "tunis", "turin", "ulaanbaatar", "vancouver", "vatican city", "vienna", "vilnius", "warsaw", "warszawa", "wien",
    "wuhan", "xiamen", "xi'an", "xi’an", "yerevan", "yokohama", "zagreb", "zug", "zurich", "zürich", "calgary", "edmonton", "winnipeg", "halifax",
];

/// States, provinces and countries, written out, in small letters.
const REGIONS: &[&str] = &[
    "alabama", "alaska", "arizona", "arkansas", "california", "colorado", "connecticut", "delaware", "florida", "georgia", "hawaii", "idaho",
    "illinois", "indiana", "iowa", "kansas", "kentucky", "louisiana", "maine", "maryland", "massachusetts", "michigan", "minnesota",
    "mississippi", "missouri", "montana", "nebraska", "nevada", "new hampshire", "new jersey", "new mexico", "new york", "north carolina",
    "north dakota", "ohio", "oklahoma", "oregon", "pennsylvania", "rhode island", "south carolina", "south dakota", "tennessee", "texas", "utah",
    "vermont", "virginia", "washington", "west virginia", "wisconsin", "wyoming", "puerto rico", "guam", "district of columbia",
    "alberta", "british columbia", "manitoba", "new brunswick", "newfoundland", "nova scotia", "ontario", "quebec", "québec", "saskatchewan",
    "prince edward island", "yukon", "new south wales", "victoria", "queensland", "western australia", "south australia", "tasmania",
    "england", "scotland", "wales", "northern ireland", "bavaria", "catalonia", "guangdong", "hunan", "sichuan", "zhejiang", "jiangsu", "hainan",
    "afghanistan", "albania", "algeria", "angola", "argentina", "armenia", "australia", "austria", "azerbaijan", "bahamas", "bahrain", "bangladesh",
    "barbados", "belarus", "belgium", "belize", "benin", "bermuda", "bhutan", "bolivia", "bosnia", "botswana", "brazil", "brasil", "brunei", "bulgaria",
    "burkina faso", "burundi", "cambodia", "cameroon", "canada", "cayman islands", "chad", "chile", "china", "p.r. china", "pr china", "colombia",
    "congo", "costa rica", "croatia", "cuba", "cyprus", "czech republic", "czechia", "denmark", "dominican republic", "ecuador", "egypt",
    "el salvador", "eritrea", "estonia", "eswatini", "ethiopia", "fiji", "finland", "france", "gabon", "gambia", "germany", "deutschland", "ghana", "greece",
    "guatemala", "guinea", "guyana", "haiti", "honduras", "hong kong", "hungary", "iceland", "india", "indonesia", "iran", "iraq", "ireland", "israel",
    "italy", "italia", "ivory coast", "jamaica", "japan", "jordan", "kazakhstan", "kenya", "kosovo", "kuwait", "kyrgyzstan", "laos", "latvia", "lebanon",
    "liberia", "libya", "liechtenstein", "lithuania", "luxembourg", "macedonia", "madagascar", "malawi", "malaysia", "maldives", "mali", "malta",
    "mauritius", "mexico", "méxico", "moldova", "monaco", "mongolia", "montenegro", "morocco", "mozambique", "myanmar", "namibia", "nepal", "netherlands",
    "the netherlands", "new zealand", "nicaragua", "niger", "nigeria", "north macedonia", "norway", "oman", "pakistan", "palestine", "panama",
    "papua new guinea", "paraguay", "peru", "perú", "philippines", "poland", "portugal", "qatar", "romania", "russia", "rwanda", "samoa", "saudi arabia",
    "senegal", "serbia", "seychelles", "sierra leone", "singapore", "slovakia", "slovenia", "somalia", "south africa", "south korea", "korea", "spain",
    "españa", "sri lanka", "sudan", "suriname", "sweden", "switzerland", "schweiz", "syria", "taiwan", "tajikistan", "tanzania", "thailand", "togo",
    "trinidad", "tunisia", "turkey", "türkiye", "turkmenistan", "uganda", "ukraine", "uae", "u.a.e.", "united arab emirates", "uk", "u.k.",
    "united kingdom", "united states", "usa", "u.s.a.", "u.s.", "uruguay", "uzbekistan", "venezuela", "vietnam", "viet nam", "yemen", "zambia", "zimbabwe",
];

/// Short forms of states and provinces with a point, in small letters without it.
const SHORT: &[&str] = &[
    "ala", "ariz", "ark", "calif", "colo", "conn", "del", "fla", "ga", "ill", "ind", "kan", "ky", "la", "md", "mass", "mich", "minn", "miss", "mo", "mont",
    "neb", "nev", "n.h", "n.j", "n.m", "n.y", "n.c", "n.d", "okla", "ore", "pa", "r.i", "s.c", "s.d", "tenn", "tex", "vt", "va", "wash", "w.va", "w. va",
    "wis", "wyo", "d.c", "d c", "d  c", "p.r", "ont", "que", "alta", "sask", "man", "b.c", "n.b", "n.s", "p.e.i", "tx", "ca",
];

/// Postal codes of states, provinces and districts.
const POSTAL: &[&str] = &[
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS", "KY", "LA", "ME", "MD", "MA", "MI", "MN", "MS",
    "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV",
    "WI", "WY", "DC", "PR", "VI", "GU", "AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT", "NSW", "VIC", "QLD", "UK", "UAE",
    "USA", "US", "SAR", "PRC", "ROC",
];

/// Whether news style lets this city stand alone.
pub(super) fn is_city(name: &str) -> bool {
    let small = name.to_lowercase();
    CITIES.contains(&small.trim())
}

/// Whether this is a state, a province or a country, in any of the usual forms.
pub(super) fn is_region(name: &str) -> bool {
    let name = name.trim();
    if name.is_empty() || name.len() > 30 {
        return false;
    }
    let small = name.to_lowercase();
    let bare = small.trim_end_matches('.');
    POSTAL.contains(&name) || REGIONS.contains(&small.as_str()) || REGIONS.contains(&bare) || (SHORT.contains(&bare) && name.starts_with(char::is_uppercase))
}
