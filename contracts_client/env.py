"""The client's configuration from environment variables."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from attrs import field, frozen

from .auth import ClientCredentials
from .environment import Environment, checked_url, is_loopback
from .errors import ConfigurationError

NAME = "CONTRACTS_CLIENT_NAME"
ID = "CONTRACTS_CLIENT_ID"
SECRET = "CONTRACTS_CLIENT_SECRET"  # noqa: S105 # the variable's name
ENVIRONMENT = "CONTRACTS_CLIENT_ENVIRONMENT"
BASE_URL = "CONTRACTS_CLIENT_BASE_URL"
AUTH_URL = "CONTRACTS_CLIENT_AUTH_URL"


@frozen
class EnvironmentVariables:
    """Reads the client's variables. An empty one counts as missing.

    Args:
        variables: The variables, such as ``os.environ``.
    """

    variables: Mapping[str, str] = field(repr=False)

    def _optional(self, name: str) -> str | None:
        return self.variables.get(name) or None

    def _required(self, name: str) -> str:
        value = self._optional(name)
        if value is None:
            raise ConfigurationError(f"the environment variable {name} is missing or empty")
        return value

    def client_name(self) -> str:
        """Return the client name.

        Raises:
            ConfigurationError: It is missing.
        """
        return self._required(NAME)

    def credentials(self) -> ClientCredentials:
        """Return the credentials.

        Raises:
            ConfigurationError: One of them is missing, or can't be a credential.
        """
        return ClientCredentials(self._required(ID), self._required(SECRET))

    def base_url(self) -> str | None:
        """Return the base URL of the API, or None for the environment's own."""
        return self._optional(BASE_URL)

    def environment(self, named: Environment | None = None) -> Environment:
        """Return the environment: a named one, production by default, or one of the two URLs.

        Where the base URL is on this machine, and the other is missing, the token comes from there too: credentials for
        a sandbox must not go to the provider, nor a token of the provider's to a sandbox.

        Args:
            named: The environment that was given in code, or None to read its name.

        Raises:
            ConfigurationError: There is no environment of that name, or a URL can't be used.
        """
        named = named or Environment.named(self._optional(ENVIRONMENT) or "production")
        base_url, auth_url = self._optional(BASE_URL), self._optional(AUTH_URL)
        if auth_url is None and base_url is not None:
            base_url = checked_url(BASE_URL, base_url)
            auth_url = base_url if is_loopback(urlsplit(base_url).hostname or "") else None
        if auth_url is None:
            return named
        api_url = base_url or named.api_url
        return Environment(checked_url(BASE_URL, api_url), checked_url(AUTH_URL, auth_url))
