// An authorization server of another house on a free port of 127.0.0.1, until its input ends.
//   node authority.mjs PATH ROTATES    PATH: of the issuer, "" or "/films"; ROTATES: "yes" or "no", its refresh tokens
// The issuer is the first line it says.
import http from 'node:http';
import Provider from 'oidc-provider';

const [path, rotates] = process.argv.slice(2);

const configuration = {
  clients: [
    {
      client_id: 'films-desktop',
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      redirect_uris: ['http://127.0.0.1/signed-in'],
      response_types: ['code'],
      grant_types: ['authorization_code', 'refresh_token'],
    },
    {
      client_id: 'films-api',
      client_secret: 'of-the-resource-server',
      redirect_uris: [],
      response_types: [],
      grant_types: [],
    },
  ],
  cookies: { keys: ['of-a-test'] },
  features: { introspection: { enabled: true }, revocation: { enabled: true } },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  pkce: { methods: ['S256'], required: () => true },
  rotateRefreshToken: rotates === 'yes',
  ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 86400, Interaction: 600, RefreshToken: 86400, Session: 86400 },
};

const server = http.createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}${path}`;
  const answer = new Provider(issuer, configuration).callback();
  server.on('request', (request, response) => {
    if (!request.url.startsWith(`${path}/`)) {
      response.writeHead(404).end();
      return;
    }
    request.originalUrl = request.url;
    request.url = request.url.slice(path.length);
    answer(request, response);
  });
  console.log(issuer);
});
process.stdin.resume().on('end', () => process.exit());
