"""The client's configuration from environment variables."""

from collections.abc import Mapping

from attrs import field, frozen

from .auth import ClientCredentials
from .environment import Environment, checked_url
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
        """Return the base URL of the API, or None for the environment's own.

        Raises:
            ConfigurationError: It can't be used.
        """
        value = self._optional(BASE_URL)
        return None if value is None else checked_url(BASE_URL, value)

    def environment(self, named: Environment | None = None) -> Environment:
        """Return the environment: a named one, production by default, or one of the two URLs.

        Args:
            named: The environment that was given in code, or None to read its name.

        Raises:
            ConfigurationError: There is no environment of that name, or a URL can't be used.
        """
        named = named or Environment.named(self._optional(ENVIRONMENT) or "production")
        auth_url = self._optional(AUTH_URL)
        if auth_url is None:
            return named
        return Environment(self.base_url() or named.api_url, checked_url(AUTH_URL, auth_url))
