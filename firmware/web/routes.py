"""The one table of what can be asked, and of who may ask it. What is not here does not exist.

A line is METHOD PATH WHO HANDLER DETAIL. WHO is the least role: nobody, user, owner,
installer; HANDLER is "page" or the file roles/HANDLER.py that answers, DETAIL goes to it.
Text on purpose: one string costs a box a third of what the tuples would.

On the LAN the setting web.lan rules as well: "off" nothing, "read" only GET, "full" all.
"""

RANKS = ("nobody", "user", "owner", "installer")

TABLE = """\
GET / nobody page status
GET /login nobody page login
GET /welcome nobody page welcome
GET /help nobody page help
GET /config user page config
GET /config/network installer page network
GET /config/ap installer page ap
GET /config/p1 installer page p1
GET /config/modbus installer page modbus
GET /config/devices installer page devices
GET /config/inverter owner page inverter
GET /config/control owner page control
GET /config/installation owner page installation
GET /config/users owner page users
GET /config/journal user page journal
GET /config/backup owner page backup
GET /config/reset installer page reset
GET /api/v1/status nobody web_status now
GET /api/v1/lights nobody web_status lights
GET /api/v1/events nobody web_status events
GET /api/v1/journal user web_status journal
GET /api/v1/challenge nobody web_login challenge
POST /api/v1/login nobody web_login login
POST /api/v1/setup nobody web_login setup
POST /api/v1/logout user web_login logout
POST /api/v1/password owner web_login password
GET /api/v1/sessions owner web_login sessions
POST /api/v1/revoke owner web_login revoke
GET /api/v1/settings user web_settings read
POST /api/v1/settings owner web_settings write
GET /api/v1/backup owner web_settings backup
POST /api/v1/restore installer web_settings restore
POST /api/v1/reset installer web_settings reset
GET /api/v1/models installer web_bus models
POST /api/v1/scan installer web_bus scan
POST /api/v1/test installer web_bus test
GET /api/v1/devices user web_devices known
POST /api/v1/claim installer web_devices claim
POST /api/v1/rename installer web_devices rename
POST /api/v1/remove installer web_devices remove
"""

def find(method, path):
    """(rank, handler, detail) of a route; 404: no such path, 405: not with this method."""
    if method == "HEAD":
        method = "GET"
    found = 404
    at = TABLE.find(" " + path + " ")
    while at >= 0:
        start = TABLE.rfind("\n", 0, at) + 1
        known, place, who, handler, detail = TABLE[start : TABLE.find("\n", at)].split(" ")
        if place == path:
            if known == method:
                return RANKS.index(who), handler, detail
            found = 405
        at = TABLE.find(" " + path + " ", at + 1)
    return found
