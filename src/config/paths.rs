//! Where things are kept: the system's usual places, or one folder of the user's choice. It creates nothing.

use std::path::PathBuf;

use directories::ProjectDirs;

/// Where things are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// The configuration file; `None` where the system has no place for it and none was named.
    pub config: Option<PathBuf>,
    /// The library and everything else that is kept.
    pub data: PathBuf,
}

impl Places {
    /// The library's file.
    #[must_use]
    pub fn library(&self) -> PathBuf {
        self.data.join("library.db")
    }

    /// Where the user's own themes are: beside the configuration.
    #[must_use]
    pub fn themes(&self) -> PathBuf {
        let beside = self.config.as_ref().and_then(|path| path.parent());
        beside.unwrap_or(&self.data).join("themes")
    }

    /// Where imported recognisers are.
    #[must_use]
    pub fn models(&self) -> PathBuf {
        self.data.join("models")
    }

    /// Where reports of failures go.
    #[must_use]
    pub fn reports(&self) -> PathBuf {
        self.data.join("reports")
    }
}

/// The usual places; `config` where the user named a configuration file. Where there is no home directory, data are
/// kept in a folder `.dateline` of the working directory.
#[must_use]
pub fn places(config: Option<PathBuf>) -> Places {
    let usual = ProjectDirs::from("", "", "dateline");
    Places {
        config: config.or_else(|| Some(usual.as_ref()?.config_dir().join("config.toml"))),
        data: usual.map_or_else(
            || PathBuf::from(".dateline"),
            |usual| usual.data_dir().to_owned(),
        ),
    }
}
