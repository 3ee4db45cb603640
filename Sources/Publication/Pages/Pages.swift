internal import Impact

enum Pages { static func files(of edition: Edition) -> [Site.File] { [] } }
